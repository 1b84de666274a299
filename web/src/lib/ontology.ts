/** What the codes mean, from the same tables as the program. */

import countryRows from '../../../data/places/countries.tsv?columns=iso3,name&table';
import sectorRows from '../../../data/ontology/sectors.tsv?columns=code,meaning&table';
import typeRows from '../../../data/ontology/types.tsv?columns=type,quad,quad_label,meaning&table';

export interface EventType {
  code: string;
  quad: number;
  quadLabel: string;
  meaning: string;
}

export const TYPES: EventType[] = typeRows.map(([code, quad, quadLabel, meaning]) => ({
  code,
  quad: Number(quad),
  quadLabel,
  meaning,
}));

const types = new Map(TYPES.map((type) => [type.code, type]));
const countries = new Map(countryRows.map(([code, name]) => [code, name]));
const sectors = new Map(sectorRows.map(([code, meaning]) => [code, meaning]));


export const QUADS: Record<string, string> = {
  '1': 'verbal cooperation',
  '2': 'material cooperation',
  '3': 'verbal conflict',
  '4': 'material conflict',
};

/** What a type means, in a few words. */
export function typeMeaning(code: string): string {
  return types.get(code)?.meaning ?? '';
}

/** The name of a country by its ISO-3 code; other codes as they are. */
export function countryName(code: string | null | undefined): string | null {
  return code ? (countries.get(code) ?? code) : null;
}

/** A sector in words: the first phrase of its definition. */
export function sectorName(code: string): string {
  const meaning = sectors.get(code);
  return meaning ? meaning.split(/[:,(]/)[0].trim().toLowerCase() : code;
}

export interface Status {
  code: string;
  meaning: string;
}

/** In the order in which charts stack them: what is told as a fact first. */
export const STATUSES: Status[] = [
  { code: 'asserted', meaning: 'told as a fact' },
  { code: 'planned', meaning: 'announced, not yet done' },
  { code: 'alleged', meaning: 'somebody claims it' },
  { code: 'denied', meaning: 'somebody says it is not so' },
  { code: 'conditional', meaning: 'only if something else happens' },
  { code: 'hypothetical', meaning: 'imagined or possible' },
  { code: 'negated', meaning: 'the text says that it did not happen' },
];

const statuses = new Map(STATUSES.map((status) => [status.code, status.meaning]));

/** What a status means. */
export function statusMeaning(code: string): string {
  return statuses.get(code) ?? code;
}

/** Only what is told as a fact may look like one. */
export function isFact(status: string): boolean {
  return status === 'asserted';
}
