/** Marks in a text. All offsets are Unicode code points, end exclusive, as the program writes them. */

import { coded, type EventRecord, type Span } from './records';

export type MarkKind = 'source' | 'target' | 'act' | 'date' | 'place' | 'cue' | 'speaker' | 'about' | 'person' | 'quote';

export interface Mark {
  start: number;
  end: number;
  kind: MarkKind;
}

/** A mark as drawn: on which line under the words, and on which row its label stands. */
export interface PlacedMark extends Mark {
  level: number;
  row: number;
}

/** A run of text under the same marks, the innermost last. */
export interface Piece {
  text: string;
  marks: PlacedMark[];
  begins: PlacedMark[];
}

/** What readers see of a kind. */
export const LABELS: Record<MarkKind, string> = {
  source: 'source',
  target: 'target',
  act: 'act',
  date: 'date',
  place: 'place',
  cue: 'cue',
  speaker: 'speaker',
  about: 'about',
  person: 'actor',
  quote: 'quote',
};

/** Without doubles and without what lies outside the text, the longest first where two begin together. */
function tidy(marks: Mark[], length: number): Mark[] {
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(length, mark.end) }))
    .filter((mark) => mark.start < mark.end);
  inside.sort((a, b) => a.start - b.start || b.end - a.end || a.kind.localeCompare(b.kind));
  return inside.filter(
    (mark, at) =>
      !inside.slice(Math.max(0, at - 12), at).some((m) => m.kind === mark.kind && m.start === mark.start && m.end === mark.end),
  );
}

/** Gives each mark the first line that is free from its start on: what overlaps is stacked. */
export function place(marks: Mark[], length: number): PlacedMark[] {
  const lines: number[] = [];
  const labels: number[] = [];
  return tidy(marks, length).map((mark) => {
    let level = lines.findIndex((end) => end <= mark.start);
    if (level < 0) level = lines.length;
    lines[level] = mark.end;
    // A label in small letters takes two thirds of the room of as many letters of text.
    let row = labels.findIndex((end) => end <= mark.start);
    if (row < 0) row = labels.length;
    labels[row] = mark.start + Math.ceil(LABELS[mark.kind].length * 0.66);
    return { ...mark, level, row };
  });
}

/** Cuts a text where marks begin or end. `offset` is where the text begins in that which the marks count. */
export function pieces(text: string, marks: Mark[], offset = 0): Piece[] {
  const points = Array.from(text);
  const moved = marks.map((mark) => ({ ...mark, start: mark.start - offset, end: mark.end - offset }));
  const placed = place(moved, points.length);
  const cuts = new Set([0, points.length]);
  for (const mark of placed) cuts.add(mark.start).add(mark.end);
  const edges = [...cuts].sort((a, b) => a - b);
  const result: Piece[] = [];
  let open: PlacedMark[] = [];
  let next = 0;
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [start, end] = [edges[at], edges[at + 1]];
    open = open.filter((mark) => mark.end > start);
    const begins: PlacedMark[] = [];
    while (next < placed.length && placed[next].start === start) {
      begins.push(placed[next]);
      open.push(placed[next]);
      next += 1;
    }
    result.push({ text: points.slice(start, end).join(''), marks: [...open], begins });
  }
  return result;
}

/** A part of a text, by code points. */
export function slice(text: string, start: number, end: number): string {
  return Array.from(text).slice(start, end).join('');
}

function spans(kind: MarkKind, found: (Partial<Span> | null | undefined)[]): Mark[] {
  const marks: Mark[] = [];
  for (const span of found) {
    if (span && typeof span.start === 'number' && typeof span.end === 'number') {
      marks.push({ kind, start: span.start, end: span.end });
    }
  }
  return marks;
}

/** The words that each field of a report points at. */
export function eventMarks(record: EventRecord): Mark[] {
  const attribution = (record.attribution ?? []).filter((voice) => voice.level > 0);
  const cues = (record.trail ?? []).filter((step) => step.field === 'status').flatMap((step) => step.words ?? []);
  return [
    ...spans('source', record.source ?? []),
    ...spans('target', record.target ?? []),
    ...spans('about', record.about ?? []),
    ...spans('act', record.trigger ?? []),
    ...spans('date', [record.date]),
    ...spans('place', [record.place]),
    ...spans('speaker', attribution.map((voice) => voice.who)),
    ...spans('cue', [...attribution.map((voice) => voice.verb), record.condition, ...cues]),
  ];
}

/** The marks in the sentence of a report; none where it has no words of its own. */
export function reportMarks(report: { record: unknown; sentence_start: number; sentence_end: number }): Mark[] {
  const record = coded(report.record);
  return record ? within(eventMarks(record), report.sentence_start, report.sentence_end) : [];
}

/** Marks that touch a part of the text. */
export function within(marks: Mark[], start: number, end: number): Mark[] {
  return marks.filter((mark) => mark.start < end && mark.end > start);
}
