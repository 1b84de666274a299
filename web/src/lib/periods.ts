/** Days, weeks, months and years, without a time zone. */

export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const DAY = 86_400_000;

/** ISO text of a moment's day. */
export function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Monday of an ISO week. */
function weekStart(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4); // always in the first week
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7;
  return fourth + ((week - 1) * 7 - weekday) * DAY;
}

/** First and last day of `2026`, `2026-11`, `2026-W03` or `2026-11-03`; nothing for what is none of them. */
export function periodRange(period: string): { from: string; to: string } | null {
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  if (week) {
    const start = weekStart(Number(week[1]), Number(week[2]));
    return { from: isoDay(start), to: isoDay(start + 6 * DAY) };
  }
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(period);
  if (!parts) return null;
  const year = Number(parts[1]);
  if (!parts[2]) return { from: `${parts[1]}-01-01`, to: `${parts[1]}-12-31` };
  const month = Number(parts[2]) - 1;
  if (!parts[3]) return { from: isoDay(Date.UTC(year, month, 1)), to: isoDay(Date.UTC(year, month + 1, 0)) };
  return { from: period, to: period };
}

/** The moment at which a period begins. */
export function periodStart(period: string): number {
  const range = periodRange(period);
  return range ? Date.parse(`${range.from}T00:00:00Z`) : Number.NaN;
}

/** The period in which a day lies. */
export function periodOf(day: string, by: Period): string {
  if (by === 'day') return day.slice(0, 10);
  if (by === 'month') return day.slice(0, 7);
  if (by === 'year') return day.slice(0, 4);
  const moment = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  const thursday = moment + (3 - ((new Date(moment).getUTCDay() + 6) % 7)) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = 1 + Math.round((thursday - 3 * DAY - weekStart(year, 1)) / (7 * DAY));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The next period. */
export function nextPeriod(period: string, by: Period): string {
  const range = periodRange(period);
  if (!range) return period;
  return periodOf(isoDay(Date.parse(`${range.to}T00:00:00Z`) + DAY), by);
}

/** All periods from the first to the last, those without events too; at most `limit`. */
export function fill(periods: string[], by: Period, limit = 5000): string[] {
  if (periods.length === 0) return [];
  const sorted = [...periods].sort();
  const last = sorted[sorted.length - 1];
  const all: string[] = [];
  for (let at = sorted[0]; at <= last && all.length < limit; at = nextPeriod(at, by)) all.push(at);
  return all;
}

/** The coarsest step that still shows some forty bars. */
export function apt(first: string | null, last: string | null): Period {
  if (!first || !last) return 'month';
  const days = (Date.parse(last) - Date.parse(first)) / DAY;
  if (days > 365 * 30) return 'year';
  if (days > 270) return 'month';
  if (days > 60) return 'week';
  return 'day';
}
