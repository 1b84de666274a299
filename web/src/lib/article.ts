/** The text of an article with everything that is marked in it. */

import { eventMarks, type Mark, type Piece, pieces } from './marks';
import { type AnyRecord, ofKind } from './records';

export interface Layers {
  acts: boolean;
  actors: boolean;
  quotes: boolean;
}

export interface Run extends Piece {
  off: boolean;
  headline: boolean;
  quote: boolean;
  now: boolean;
  /** Where the run begins, in code points. */
  start: number;
}

interface Zone {
  start: number;
  end: number;
}

function inside(zones: Zone[], at: number): boolean {
  return zones.some((zone) => zone.start <= at && at < zone.end);
}

/** Marks of the layers that are shown; of one event only, if one is chosen. */
export function articleMarks(records: AnyRecord[], layers: Layers, chosen: string | null): Mark[] {
  const events = ofKind(records, 'event').filter((event) => !chosen || event.id === chosen);
  const marks: Mark[] = [];
  if (layers.acts || chosen) marks.push(...events.flatMap(eventMarks));
  if (layers.actors) {
    for (const entity of ofKind(records, 'entity')) {
      for (const mention of entity.mentions) marks.push({ start: mention.start, end: mention.end, kind: 'person' });
    }
  }
  if (layers.quotes) {
    for (const quote of ofKind(records, 'quote')) {
      if (quote.speaker_span) marks.push({ ...quote.speaker_span, kind: 'speaker' });
      if (quote.cue) marks.push({ ...quote.cue, kind: 'cue' });
    }
  }
  return marks;
}

/** Cuts the text into runs, each wholly inside or outside of marks, quotations, boilerplate and what is chosen. */
export function runs(text: string, records: AnyRecord[], layers: Layers, chosen: string | null, now: Zone | null): Run[] {
  const segments = ofKind(records, 'segment');
  const off = segments.filter((segment) => segment.remove);
  const headlines = segments.filter((segment) => segment.kind === 'headline');
  const quotes: Zone[] = layers.quotes ? ofKind(records, 'quote') : [];
  const zones = [...off, ...headlines, ...quotes, ...(now ? [now] : [])];
  // Zones are cut like marks, then taken out again: they colour the paper and draw no line.
  const cuts: Mark[] = zones.map((zone) => ({ start: zone.start, end: zone.end, kind: 'quote' }));
  const lines = pieces(text, articleMarks(records, layers, chosen));
  const edges = pieces(text, cuts);
  const result: Run[] = [];
  let at = 0;
  let edge = 0;
  let edgeEnd = edges.length > 0 ? Array.from(edges[0].text).length : 0;
  for (const line of lines) {
    const points = Array.from(line.text);
    let from = 0;
    while (from < points.length) {
      while (edgeEnd <= at && edge + 1 < edges.length) {
        edge += 1;
        edgeEnd += Array.from(edges[edge].text).length;
      }
      const to = Math.min(points.length, from + (edgeEnd - at));
      const start = at;
      result.push({
        text: points.slice(from, to).join(''),
        marks: line.marks,
        begins: from === 0 ? line.begins : [],
        off: inside(off, start),
        headline: inside(headlines, start),
        quote: inside(quotes, start),
        now: now ? inside([now], start) : false,
        start,
      });
      at += to - from;
      from = to;
    }
  }
  return result;
}
