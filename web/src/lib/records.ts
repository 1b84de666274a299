/** Records of an article's coding, as far as the page reads them (`shared/gold/SCHEMA.md` has all). */

export interface Span {
  start: number;
  end: number;
  text: string;
}

export interface Party extends Partial<Span> {
  entity: string | null;
  name: string | null;
  country: string | null;
  sector?: string[];
  role?: string | null;
  resolved_by?: string;
  part?: string;
}

export interface Voice {
  level: number;
  by: string;
  name: string | null;
  country: string | null;
  kind: string;
  unnamed?: boolean;
  who?: Span | null;
  verb?: Span | null;
}

export interface Step {
  field: string;
  rule: string;
  words?: Span[];
  score?: number;
  alternatives?: { value: string; score?: number }[];
}

export interface EventRecord {
  record?: 'event';
  id: string;
  kind: string;
  tier: string;
  sentence: Span & { n: number };
  trigger: Span[];
  source: Party[];
  target: Party[];
  about?: Party[];
  reciprocal?: boolean;
  plover: { event: string; mode: string[]; context: string[]; quad: number; quad_label: string; score?: number };
  cameo?: string | null;
  status: string;
  condition?: Span | null;
  attribution: Voice[];
  date: (Partial<Span> & { value: string | null; precision: string; basis: string }) | null;
  place: (Partial<Span> & { name: string; country: string | null; admin1?: string | null; implicit?: boolean }) | null;
  casualties?: { killed?: number | null; injured?: number | null };
  confidence?: number;
  trail?: Step[];
}

export interface SegmentRecord extends Span {
  record: 'segment';
  id: string;
  kind: string;
  remove: boolean;
}

export interface QuoteRecord extends Span {
  record: 'quote';
  id: string;
  kind: string;
  speaker: string | null;
  speaker_name: string | null;
  speaker_role: string | null;
  speaker_span?: Span | null;
  cue?: Span | null;
}

export interface EntityRecord {
  record: 'entity';
  id: string;
  name: string;
  kind: string;
  country: string | null;
  sector: string[];
  role: string | null;
  mentions: (Span & { form: string })[];
}

export interface TimexRecord extends Span {
  record: 'timex';
  id: string;
  value: string | null;
}

export interface ContradictionRecord {
  record: 'contradiction';
  id: string;
  kind: string;
  attribute: string;
  a: Span;
  b: Span;
  explanation: string;
  resolution: string;
}

export interface CommitmentRecord {
  record: 'commitment';
  id: string;
  obligation: string;
  status: string;
  sentence: Span;
  parties: Party[];
}

export interface RelationRecord {
  record: 'relation';
  id: string;
  type: string;
  status: string;
  sentence: Span;
  a: Party[];
  b: Party[];
}

export type AnyRecord =
  | (EventRecord & { record: 'event' })
  | SegmentRecord
  | QuoteRecord
  | EntityRecord
  | TimexRecord
  | ContradictionRecord
  | CommitmentRecord
  | RelationRecord
  | { record: 'document' | 'sentence'; id: string };

/** A report that Tidings coded; rows loaded from other tables keep those tables' columns as their record. */
export function coded(record: unknown): EventRecord | null {
  const fields = record as Partial<EventRecord> | null;
  return fields && typeof fields === 'object' && Array.isArray(fields.trigger) && Array.isArray(fields.source)
    ? (record as EventRecord)
    : null;
}

/** The records of one kind. */
export function ofKind<K extends AnyRecord['record']>(records: AnyRecord[], kind: K): Extract<AnyRecord, { record: K }>[] {
  return records.filter((record): record is Extract<AnyRecord, { record: K }> => record.record === kind);
}
