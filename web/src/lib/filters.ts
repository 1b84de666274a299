/** What a view shows of the ledger: filters, and how they stand in its address. */

/** The names that the ledger knows, in the order in which they stand in an address. */
export const FILTERS = [
  'from',
  'to',
  'actor',
  'with',
  'source',
  'target',
  'type',
  'quad',
  'status',
  'place',
  'outlet',
  'text',
  'as_of',
] as const;

export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** What belongs to the view and not to the ledger. */
export const VIEW_KEYS = ['by', 'measure', 'level', 'view'] as const;
export type ViewKey = (typeof VIEW_KEYS)[number];

/** The filters of an address; empty ones and unknown names are left out. */
export function readFilters(params: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = params.get(name)?.trim();
    if (value) filters[name] = value;
  }
  return filters;
}

/** A query string with its question mark, or nothing: the same filters always give the same address. */
export function queryString(filters: Filters, more: Record<string, string | number | null | undefined> = {}): string {
  const params = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filters[name];
    if (value) params.set(name, value);
  }
  for (const key of Object.keys(more).sort()) {
    const value = more[key];
    if (value !== null && value !== undefined && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** Filters without some of them. */
export function without(filters: Filters, ...names: FilterName[]): Filters {
  const rest = { ...filters };
  for (const name of names) delete rest[name];
  return rest;
}

/** A path of the page from its parts, each of them safe. */
export function path(...parts: string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
