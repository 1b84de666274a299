/** Numbers and dates as people read them. */

const number = new Intl.NumberFormat('en-GB');
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** 12,345 */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : number.format(value);
}

/** "1 report", "12 reports" */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${number.format(value)} ${value === 1 ? one : many}`;
}

/** A score with its sign and one digit: "−3.5". */
export function score(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const text = Math.abs(value).toFixed(1);
  if (Number(text) === 0) return '0.0';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** "3 November 2026", "November 2026", "2026", as precise as the text says. */
export function longDate(value: string | null | undefined, precision?: string | null): string {
  if (!value) return 'no date';
  if (/^\d{4}$/.test(value) || precision === 'year') return value.slice(0, 4);
  const moment = new Date(value.length === 7 ? `${value}-01T00:00:00Z` : `${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return value;
  if (value.length === 7 || precision === 'month') return month.format(moment);
  return precision === 'week' ? `week of ${day.format(moment)}` : day.format(moment);
}

/** The two lines of a date in a list: "3 Nov", "2026". */
export function dateLines(value: string | null, precision: string | null): [string, string] {
  if (!value) return ['no date', ''];
  if (precision === 'year') return [value.slice(0, 4), ''];
  const moment = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return [value, ''];
  if (precision === 'month') return [month.format(moment).split(' ')[0], value.slice(0, 4)];
  return [shortDay.format(moment), value.slice(0, 4)];
}

/** A period in words: "November 2026", "week 3 of 2026". */
export function periodName(period: string): string {
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  return week ? `week ${Number(week[2])} of ${week[1]}` : longDate(period);
}

/** "event_date" → "event date" */
export function words(name: string): string {
  return name.replaceAll('_', ' ');
}

/** A link that may be followed: http and https only. */
export function safeLink(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}

/** Names that one cell holds, with their ids where there are as many. */
export function parties(names: string | null, entities: string | null): { name: string; entity: string | null }[] {
  const list = (names ?? '').split('; ').filter(Boolean);
  const ids = (entities ?? '').split('; ').filter(Boolean);
  return list.map((name, at) => ({ name, entity: ids.length === list.length ? ids[at] : null }));
}

/** Text with its hits between square brackets, cut into parts. */
export function hits(extract: string): { text: string; hit: boolean }[] {
  return extract
    .split(/(\[[^[\]]*\])/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith('[') && part.endsWith(']') ? { text: part.slice(1, -1), hit: true } : { text: part, hit: false },
    );
}
