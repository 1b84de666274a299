/** Numbers of a chart over time, made of the rows of a series. */

import { STATUSES } from './ontology';
import { fill, type Period, periodRange, periodStart } from './periods';
import type { SeriesRow } from './rows';

export interface Timeline {
  periods: string[];
  /** Seconds since 1970 of each period's beginning. */
  seconds: number[];
  /** Events of each status, in the order of `STATUSES`; only those that occur. `heights` is what is drawn. */
  parts: { status: string; events: number[]; heights: number[] }[];
  totals: number[];
  /** Mean score over all events of the period. */
  scores: (number | null)[];
  /** Events that stand nowhere in time. */
  undated: number;
}

/** Joins rows split by status to one column a status, with the empty periods between. */
export function timeline(all: SeriesRow[], by: Period, share = false): Timeline {
  const rows = all.filter((row) => periodRange(row.period) !== null);
  const undated = all.filter((row) => periodRange(row.period) === null).reduce((sum, row) => sum + row.events, 0);
  const periods = fill(
    rows.map((row) => row.period),
    by,
  );
  const at = new Map(periods.map((period, index) => [period, index]));
  const zeros = () => periods.map(() => 0);
  const counts = new Map<string, { events: number[]; heights: number[] }>();
  const totals = zeros();
  const sums = zeros();
  const scored = zeros();
  for (const row of rows) {
    const index = at.get(row.period);
    if (index === undefined) continue;
    const status = row.split ?? 'asserted';
    const column = counts.get(status) ?? { events: zeros(), heights: zeros() };
    column.events[index] += row.events;
    column.heights[index] += share ? (row.per_100_documents ?? 0) : row.events;
    counts.set(status, column);
    totals[index] += row.events;
    if (row.mean_score !== null) {
      sums[index] += row.mean_score * row.events;
      scored[index] += row.events;
    }
  }
  const known = STATUSES.map((status) => status.code);
  const order = [...known, ...[...counts.keys()].filter((status) => !known.includes(status)).sort()];
  return {
    periods,
    seconds: periods.map((period) => periodStart(period) / 1000),
    parts: order.flatMap((status) => {
      const column = counts.get(status);
      return column ? [{ status, ...column }] : [];
    }),
    totals,
    scores: sums.map((sum, index) => (scored[index] > 0 ? sum / scored[index] : null)),
    undated,
  };
}

/** The columns stacked: the last one is the sum of all. */
export function stacked(parts: number[][]): number[][] {
  let below: number[] | null = null;
  return parts.map((part) => {
    const base = below;
    below = base ? part.map((value, index) => value + base[index]) : part;
    return below;
  });
}
