import { describe, expect, it } from 'vitest';
import { runs } from './article';
import { eventMarks, type Mark, pieces, reportMarks, within } from './marks';
import type { AnyRecord, EventRecord } from './records';

const joined = (text: string, marks: Mark[], offset = 0) => pieces(text, marks, offset);

describe('marks in a text', () => {
  it('leaves a text without marks whole', () => {
    expect(joined('Peru accused Ecuador.', [])).toEqual([{ text: 'Peru accused Ecuador.', marks: [], begins: [] }]);
  });

  it('counts code points: letters outside the basic plane are one', () => {
    const text = '😀 Peru 🏴 accused';
    const cut = joined(text, [
      { start: 2, end: 6, kind: 'source' },
      { start: 9, end: 16, kind: 'act' },
    ]);
    const marked = cut.filter((piece) => piece.marks.length > 0).map((piece) => piece.text);
    expect(marked).toEqual(['Peru', 'accused']);
    expect(cut.map((piece) => piece.text).join('')).toBe(text);
  });

  it('puts overlapping marks on lines of their own, over their whole length', () => {
    const cut = joined('abcdefgh', [
      { start: 0, end: 5, kind: 'source' },
      { start: 3, end: 8, kind: 'target' },
    ]);
    expect(cut.map((piece) => [piece.text, piece.marks.map((mark) => `${mark.kind}${mark.level}`)])).toEqual([
      ['abc', ['source0']],
      ['de', ['source0', 'target1']],
      ['fgh', ['target1']],
    ]);
  });

  it('uses the first line again as soon as it is free', () => {
    const levels = joined('abcdef', [
      { start: 0, end: 2, kind: 'source' },
      { start: 2, end: 4, kind: 'act' },
      { start: 4, end: 6, kind: 'target' },
    ]).flatMap((piece) => piece.marks.map((mark) => mark.level));
    expect(levels).toEqual([0, 0, 0]);
  });

  it('takes marks of a whole article in one of its sentences', () => {
    const cut = joined('accused Togo', [{ start: 108, end: 112, kind: 'target' }], 100);
    expect(cut.map((piece) => piece.text)).toEqual(['accused ', 'Togo']);
  });

  it('draws the same mark once, and none that lies outside or is empty', () => {
    const cut = joined('Togo', [
      { start: 0, end: 4, kind: 'target' },
      { start: 0, end: 4, kind: 'target' },
      { start: 3, end: 3, kind: 'act' },
      { start: 9, end: 12, kind: 'date' },
      { start: -5, end: 0, kind: 'place' },
    ]);
    expect(cut).toHaveLength(1);
    expect(cut[0].marks).toHaveLength(1);
  });

  it('cuts a mark that runs over the end of the sentence', () => {
    expect(joined('Togo', [{ start: 2, end: 99, kind: 'target' }]).map((piece) => piece.text)).toEqual(['To', 'go']);
  });

  it('puts labels that would lie over each other on two rows', () => {
    const rows = joined('it met us', [
      { start: 0, end: 2, kind: 'source' },
      { start: 3, end: 6, kind: 'act' },
    ]).flatMap((piece) => piece.begins.map((mark) => mark.row));
    expect(rows).toEqual([0, 1]);
  });

  it('is quick with a million letters and ten thousand marks', () => {
    const marks: Mark[] = Array.from({ length: 10_000 }, (_, at) => ({ start: at * 90, end: at * 90 + 40, kind: 'act' }));
    expect(joined('x'.repeat(1_000_000), marks)).toHaveLength(20_000);
  });
});

const span = (start: number, end: number) => ({ start, end, text: 'x'.repeat(end - start) });

const event: EventRecord = {
  record: 'event',
  id: 'E01',
  kind: 'speech_act',
  tier: 'core',
  sentence: { n: 1, ...span(10, 60) },
  trigger: [span(20, 25)],
  source: [{ entity: 'GHA', name: 'Ghana', country: 'GHA', ...span(10, 15) }],
  target: [{ entity: null, name: null, country: null }],
  plover: { event: 'ACCUSE', mode: [], context: [], quad: 3, quad_label: 'verbal conflict' },
  status: 'alleged',
  attribution: [
    { level: 0, by: 'outlet', name: null, country: null, kind: 'own_voice' },
    { level: 1, by: 'GHA', name: 'Ghana', country: 'GHA', kind: 'indirect', who: span(50, 52), verb: span(53, 57) },
  ],
  date: { value: '2026-11-02', precision: 'day', basis: 'publication' },
  place: null,
  trail: [
    { field: 'status', rule: 'under say', words: [span(53, 57)] },
    { field: 'event', rule: 'trigger', words: [span(20, 25)] },
  ],
};

describe('the words of a report', () => {
  it('are those of its fields, its speakers and the words that make it doubtful', () => {
    const kinds = eventMarks(event).map((mark) => `${mark.kind} ${mark.start}`);
    expect(kinds).toEqual(['source 10', 'act 20', 'speaker 50', 'cue 53', 'cue 53']);
  });

  it('leaves out what nowhere in the text is said', () => {
    expect(eventMarks(event).some((mark) => mark.kind === 'target' || mark.kind === 'date')).toBe(false);
  });

  it('keeps to the sentence that is shown', () => {
    expect(within(eventMarks(event), 0, 18).map((mark) => mark.kind)).toEqual(['source']);
  });
});

describe('the text of an article', () => {
  const layers = { acts: true, actors: false, quotes: true };
  const text = 'HEAD Ghana said "We 😀 want peace" today.';
  const records: AnyRecord[] = [
    { record: 'segment', id: 'G01', kind: 'dateline', remove: true, ...span(0, 5) },
    { record: 'quote', id: 'Q01', kind: 'full', speaker: null, speaker_name: null, speaker_role: null, ...span(17, 32) },
    { ...event, record: 'event', trigger: [span(20, 24)], source: [], attribution: [], trail: [] },
  ];

  it('loses no letter, whatever is marked', () => {
    expect(runs(text, records, layers, null, null).map((run) => run.text).join('')).toBe(text);
  });

  it('greys what is no news text and tints what is quoted', () => {
    const all = runs(text, records, layers, null, null);
    expect(all.filter((run) => run.off).map((run) => run.text)).toEqual(['HEAD ']);
    expect(all.filter((run) => run.quote).map((run) => run.text).join('')).toBe('We 😀 want peace');
  });

  it('shows the marks of one event only, when one is chosen', () => {
    expect(runs(text, records, layers, 'E99', null).every((run) => run.marks.length === 0)).toBe(true);
    expect(runs(text, records, layers, 'E01', null).some((run) => run.marks.length > 0)).toBe(true);
  });

  it('tints the sentence of the event that is chosen', () => {
    const now = runs(text, records, layers, 'E01', { start: 5, end: 10 });
    expect(now.filter((run) => run.now).map((run) => run.text)).toEqual(['Ghana']);
  });
});

describe('a row of another table', () => {
  it('has no words to mark', () => {
    expect(reportMarks({ record: { GLOBALEVENTID: 1 }, sentence_start: 0, sentence_end: 0 })).toEqual([]);
    expect(reportMarks({ record: null, sentence_start: 0, sentence_end: 0 })).toEqual([]);
    expect(reportMarks({ record: event, sentence_start: 10, sentence_end: 60 })).toHaveLength(5);
  });
});
