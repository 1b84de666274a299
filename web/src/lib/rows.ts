/** Rows and pages that the server gives; the names are those of its OpenAPI description. */

import type { AnyRecord } from './records';

export interface Rows<T> {
  rows: T[];
  next: string | null;
}

export interface EventRow {
  event_id: string;
  event_date: string | null;
  date_precision: string | null;
  date_basis: string | null;
  source: string | null;
  source_entity: string | null;
  source_iso3: string | null;
  target: string | null;
  target_entity: string | null;
  target_iso3: string | null;
  event_type: string;
  mode: string | null;
  quad_class: number;
  plover_score: number | null;
  status: string;
  place: string | null;
  place_country: string | null;
  n_reports: number;
  n_outlets: number;
  n_texts: number;
  confidence: number | null;
  speaker: string | null;
  report_id: string | null;
  document_id: string | null;
  sentence: string;
}

export interface Reason {
  feature: string;
  weight: number;
  note: string;
}

export interface ReportRow {
  report_id: string;
  event_id: string | null;
  document_id: string;
  title: string | null;
  outlets: string | null;
  published: string | null;
  event_date: string | null;
  date_precision: string | null;
  date_basis: string | null;
  source: string | null;
  target: string | null;
  event_type: string;
  mode: string | null;
  status: string;
  speaker: string | null;
  confidence: number | null;
  sentence_start: number;
  sentence_end: number;
  sentence: string;
  link: Reason[] | null;
  /** An event record (`coded` says so), or the row of another table. */
  record: unknown;
}

export interface DocumentRow {
  document_id: string;
  title: string | null;
  published: string | null;
  outlets: string | null;
  language: string;
  copy_of: string | null;
  likeness: number | null;
  n_chars: number;
  n_events: number;
}

export interface ActorRow {
  entity: string;
  name: string;
  kind: string;
  country: string | null;
  sector: string | null;
  n_documents: number;
  n_events: number;
}

export interface SeriesRow {
  /** Empty for events without a date. */
  period: string;
  split: string | null;
  events: number;
  reports: number;
  mean_score: number | null;
  documents: number | null;
  per_100_documents: number | null;
}

export interface Overview {
  documents: number;
  reports: number;
  events: number;
  actors: number;
  outlets: number;
  claims: number;
  contradictions: number;
  commitments: number;
  first_date: string | null;
  last_date: string | null;
  revision: number;
  newest: EventRow[];
  new_documents: DocumentRow[];
  coverage: { period: string | null; outlet: string | null; documents: number }[];
}

export interface TypeCount {
  event_type: string;
  events: number;
}

export interface Counterpart {
  entity: string;
  name: string;
  country: string | null;
  events: number;
  as_source: number;
  as_target: number;
  reports: number;
  mean_score: number | null;
}

export interface CommitmentRow {
  commitment_id: string;
  document_id: string;
  obligation: string;
  parties: string | null;
  instrument: string | null;
  entered: string | null;
  deadline: string | null;
  violation_condition: string | null;
  status: string;
  n_articles: number;
  first_published: string | null;
  last_published: string | null;
}

export interface ActorPage {
  actor: ActorRow;
  series: SeriesRow[];
  types: TypeCount[];
  counterparts: Counterpart[];
  quotes: { document_id: string; published: string | null; text: string; start: number; end: number }[];
  commitments: CommitmentRow[];
}

export interface Direction {
  source: string;
  target: string;
  events: number;
  reports: number;
  mean_score: number | null;
}

export interface DyadPage {
  a: ActorRow;
  b: ActorRow;
  series: SeriesRow[];
  types: TypeCount[];
  directions: Direction[];
}

export interface ReviewRow {
  review_id: string;
  at: string;
  coder: string;
  report_id: string | null;
  event_id: string | null;
  document_id: string | null;
  verdict: string;
  field: string | null;
  value_before: string | null;
  value: string | null;
  comment: string | null;
  revision?: number;
}

export interface Turn {
  published: string | null;
  document_id: string;
  report_id: string;
  outlets: string | null;
  status: string;
  speaker: string | null;
  turn: string;
}

export interface EventPage {
  event: EventRow;
  reports: ReportRow[];
  disagreements: { field: string; accounts: { value: string | null; reports: string[] }[] }[];
  course: Turn[];
  history: { at: string; kind: string; note: string | null; status: string | null; n_reports: number | null }[];
  reviews: ReviewRow[];
}

export interface ClaimRow {
  report_id: string;
  event_id: string | null;
  document_id: string;
  event_date: string | null;
  published: string | null;
  outlets: string | null;
  status: string;
  speaker: string | null;
  speaker_entity: string | null;
  chain: string | null;
  source: string | null;
  target: string | null;
  event_type: string;
  mode: string | null;
  sentence: string;
  n_reports: number;
}

export interface CommitmentPage {
  commitment: CommitmentRow;
  history: {
    published: string | null;
    step: string;
    document_id: string;
    outlets: string | null;
    speaker: string | null;
    sentence: string | null;
  }[];
}

export interface Account {
  value: string | null;
  speaker: string | null;
  outlets: string | null;
  document_id: string;
  report_id: string | null;
  start: number | null;
  end: number | null;
  sentence: string | null;
}

export interface ContradictionRow {
  contradiction_id: string;
  level: string;
  event_id: string | null;
  document_id: string | null;
  published: string | null;
  field: string;
  values: string | null;
  explanation: string | null;
  resolution: string | null;
  accounts: Account[];
}

export interface DocumentPage {
  document: DocumentRow;
  text: string;
  publications: { name: string; outlet: string | null; url: string | null; published: string | null }[];
  copies: DocumentRow[];
  engine: string | null;
  coded_at: string | null;
  records: AnyRecord[];
  events: { name: string; report_id: string; event_id: string | null }[];
  reviews: ReviewRow[];
}

export interface NetworkPage {
  nodes: { entity: string; name: string; country: string | null; events: number }[];
  edges: (Direction & { cooperation: number; conflict: number })[];
}

export interface MapRow {
  place: string | null;
  place_geonames: number | null;
  place_country: string | null;
  latitude: number;
  longitude: number;
  events: number;
  reports: number;
  mean_score: number | null;
  last_date: string | null;
}

export interface SearchRow {
  document_id: string;
  title: string | null;
  published: string | null;
  outlets: string | null;
  extract: string;
}

export interface Meta {
  version: string;
  write: boolean;
  ledger: string;
  revision: number;
  token_required: boolean;
}
