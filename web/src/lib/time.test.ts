import { describe, expect, it } from 'vitest';
import { apt, fill, nextPeriod, periodOf, periodRange, periodStart } from './periods';
import type { SeriesRow } from './rows';
import { stacked, timeline } from './timeline';

describe('periods', () => {
  it('begin and end on days of the calendar', () => {
    expect(periodRange('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(periodRange('2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(periodRange('2026-11-03')).toEqual({ from: '2026-11-03', to: '2026-11-03' });
    expect(periodRange('nonsense')).toBeNull();
  });

  it('count ISO weeks from the one with the first Thursday', () => {
    expect(periodRange('2026-W01')).toEqual({ from: '2025-12-29', to: '2026-01-04' });
    expect(periodRange('2020-W53')).toEqual({ from: '2020-12-28', to: '2021-01-03' });
    expect(periodOf('2021-01-03', 'week')).toBe('2020-W53');
    expect(periodOf('2025-12-29', 'week')).toBe('2026-W01');
    expect(periodOf('2026-11-03', 'month')).toBe('2026-11');
  });

  it('agree with each other on every day of ten years', () => {
    for (let at = Date.UTC(2018, 0, 1); at < Date.UTC(2028, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      const range = periodRange(periodOf(day, 'week'));
      expect(range && range.from <= day && day <= range.to).toBe(true);
    }
  });

  it('follow each other over the end of a year', () => {
    expect(nextPeriod('2026-12', 'month')).toBe('2027-01');
    expect(nextPeriod('2026-W53', 'week')).toBe('2027-W01');
    expect(nextPeriod('2024-02-28', 'day')).toBe('2024-02-29');
  });

  it('are filled up where nothing happened, and never without end', () => {
    expect(fill(['2026-03', '2025-12'], 'month')).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
    expect(fill(['0001-01-01', '9999-12-31'], 'day')).toHaveLength(5000);
    expect(fill([], 'day')).toEqual([]);
  });

  it('are as fine as their number allows', () => {
    expect(apt('2026-11-01', '2026-11-20')).toBe('day');
    expect(apt('2026-01-01', '2026-06-01')).toBe('week');
    expect(apt('2021-01-01', '2026-11-01')).toBe('month');
    expect(apt('1979-01-01', '2026-11-01')).toBe('year');
  });
});

const row = (period: string, split: string, events: number, mean_score: number | null): SeriesRow => ({
  period,
  split,
  events,
  reports: events,
  mean_score,
  documents: null,
  per_100_documents: null,
});

describe('a timeline', () => {
  const line = timeline([row('2026-03', 'alleged', 2, -9), row('2026-01', 'asserted', 1, 3), row('2026-03', 'asserted', 4, 0)], 'month');

  it('has every month from the first to the last', () => {
    expect(line.periods).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(line.seconds[0]).toBe(periodStart('2026-01') / 1000);
  });

  it('stacks facts below and what is only claimed above them', () => {
    expect(line.parts.map((part) => part.status)).toEqual(['asserted', 'alleged']);
    expect(stacked(line.parts.map((part) => part.events))).toEqual([
      [1, 0, 4],
      [1, 0, 6],
    ]);
    expect(line.totals).toEqual([1, 0, 6]);
  });

  it('counts per 100 articles when asked to, and still says how many events there were', () => {
    const rows = [{ ...row('2026-01', 'asserted', 3, 1), documents: 40, per_100_documents: 7.5 }];
    expect(timeline(rows, 'month', true).parts).toEqual([{ status: 'asserted', events: [3], heights: [7.5] }]);
    expect(timeline(rows, 'month').parts[0].heights).toEqual([3]);
  });

  it('leaves out what has no date, and counts it', () => {
    const some = timeline([row('', 'asserted', 3, null), row('2026-01', 'asserted', 1, 3)], 'month');
    expect([some.periods, some.totals, some.undated]).toEqual([['2026-01'], [1], 3]);
    expect(timeline([row('', 'asserted', 3, null)], 'day').periods).toEqual([]);
  });

  it('weighs the mean score by events, and has none where there are none', () => {
    expect(line.scores).toEqual([3, null, -3]);
  });
});
