/** Draws a timeline with uPlot: stacked bars of events by status, and the mean score under them. */

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import '../styles/plot.css';
import { score } from './format';
import type { Period } from './periods';
import { stacked, type Timeline } from './timeline';

export interface Hooks {
  onpoint(index: number): void;
  onselect(first: number, last: number): void;
}

const DAYS: Record<Period, number> = { day: 1, week: 7, month: 28, year: 365 };
const AXIS = 44;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A status's filling: solid for what is told as a fact, and only for that. */
function filling(status: string): string | CanvasPattern {
  const ink = colour('--ink');
  if (status === 'asserted') return ink;
  const size = 6 * devicePixelRatio;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const brush = tile.getContext('2d');
  if (!brush) return colour('--paper');
  brush.fillStyle = colour('--paper');
  brush.fillRect(0, 0, size, size);
  brush.strokeStyle = ink;
  brush.fillStyle = ink;
  brush.lineWidth = devicePixelRatio;
  const line = (x: number, y: number, toX: number, toY: number) => {
    brush.beginPath();
    brush.moveTo(x, y);
    brush.lineTo(toX, toY);
    brush.stroke();
  };
  if (status === 'alleged') {
    for (const shift of [-size, 0, size]) line(shift, size, shift + size, 0);
  } else if (status === 'planned') {
    line(size / 2, 0, size / 2, size);
  } else if (status === 'denied' || status === 'negated') {
    line(0, 0, size, size);
    if (status === 'negated') line(0, size, size, 0);
  } else {
    brush.beginPath();
    brush.arc(size / 2, size / 2, devicePixelRatio * 0.8, 0, 2 * Math.PI);
    brush.fill();
  }
  return brush.createPattern(tile, 'repeat') ?? ink;
}

const DAY = 86_400;
const STEPS = [
  ...[1, 2, 3, 5, 7, 10, 15].map((days) => days * DAY),
  ...[1, 2, 3, 4, 6].map((months) => months * 30 * DAY),
  ...[1, 2, 5, 10, 25, 50, 100, 500].map((years) => years * 365 * DAY),
];
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Days, months or years under the axis; the year once, below the first of its marks. */
function dates(splits: number[], step: number): string[] {
  let year = '';
  return splits.map((second) => {
    const moment = new Date(second * 1000);
    const now = String(moment.getUTCFullYear());
    if (step >= 365 * DAY) return now;
    const name = (step >= 28 * DAY ? monthName : dayName).format(moment);
    const label = now === year ? name : `${name}\n${now}`;
    year = now;
    return label;
  });
}

function axes(values: (numbers: number[]) => string[], by: Period | null): uPlot.Axis[] {
  const font = '12px "Helvetica Neue", "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';
  const rule = { stroke: colour('--rule'), width: 1 };
  const stroke = colour('--soft');
  return [
    {
      show: by !== null,
      stroke,
      font,
      grid: { show: false },
      ticks: { ...rule, size: 4 },
      gap: 4,
      size: 40,
      space: 64,
      incrs: STEPS.filter((step) => step >= DAYS[by ?? 'day'] * DAY),
      values: (_plot, splits, _axis, _space, step) => dates(splits, step),
    },
    {
      stroke,
      font,
      size: AXIS,
      gap: 6,
      grid: rule,
      ticks: { show: false },
      values: (_plot, splits) => values(splits),
      space: 28,
    },
  ];
}

function frame(width: number, height: number, line: Timeline, by: Period, hooks: Hooks): Partial<uPlot.Options> {
  const first = line.seconds[0] ?? 0;
  const last = line.seconds[line.seconds.length - 1] ?? first;
  const room = DAYS[by] * DAY;
  return {
    width,
    height,
    padding: [10, 8, 8, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      sync: { key: 'timeline' },
    },
    scales: { x: { time: true, range: () => [first - room * 0.6, last + room * 0.6] } },
    hooks: {
      setCursor: [(plot) => hooks.onpoint(plot.cursor.idx ?? -1)],
    },
  };
}

/** Tells which periods a drawn stretch touches. */
function onDrawn(line: Timeline, by: Period, hooks: Hooks) {
  return (plot: uPlot) => {
    const { left, width } = plot.select;
    // A plot that is told by the other one, or by us, has no pointer over it.
    if (width < 4 || !plot.cursor.event) return;
    const half = (DAYS[by] * DAY) / 2;
    const from = plot.posToVal(left, 'x');
    const to = plot.posToVal(left + width, 'x');
    const inside = line.seconds.flatMap((second, index) => (second + half > from && second - half < to ? [index] : []));
    if (inside.length > 0) hooks.onselect(inside[0], inside[inside.length - 1]);
  };
}

function countPlot(box: HTMLElement, line: Timeline, by: Period, share: boolean, hooks: Hooks): uPlot {
  const sums = stacked(line.parts.map((part) => part.heights));
  const bars = uPlot.paths.bars?.({ size: [0.72, 26], align: 0 });
  const ink = colour('--ink');
  // No bar, not even an outline, where a status has no event.
  const visible = (index: number) => sums[index].map((sum, at) => (line.parts[index].heights[at] > 0 ? sum : null));
  // The highest first: each lower one is drawn over it.
  const order = line.parts.map((_, index) => line.parts.length - 1 - index);
  const base = frame(box.clientWidth, 190, line, by, hooks);
  const options: uPlot.Options = {
    ...(base as uPlot.Options),
    hooks: { ...base.hooks, setSelect: [onDrawn(line, by, hooks)] },
    scales: { ...base.scales, y: { range: (_plot, _min, max) => [0, share ? (max || 1) * 1.08 : Math.max(4, Math.ceil(max * 1.08))] } },
    axes: axes((splits) => splits.map((value) => (share || Number.isInteger(value) ? String(value) : '')), by),
    series: [
      {},
      ...order.map((index) => ({
        label: line.parts[index].status,
        paths: bars,
        points: { show: false },
        stroke: ink,
        width: line.parts[index].status === 'asserted' ? 0 : 1,
        fill: filling(line.parts[index].status) as string,
      })),
    ],
  };
  return new uPlot(options, [line.seconds, ...order.map(visible)] as uPlot.AlignedData, box);
}

function scorePlot(box: HTMLElement, line: Timeline, by: Period, hooks: Hooks): uPlot {
  const bars = uPlot.paths.bars?.({ size: [0.72, 26], align: 0 });
  const up = line.scores.map((value) => (value !== null && value >= 0 ? value : null));
  const down = line.scores.map((value) => (value !== null && value < 0 ? value : null));
  const base = frame(box.clientWidth, 96, line, by, hooks);
  const options: uPlot.Options = {
    ...(base as uPlot.Options),
    hooks: { ...base.hooks, setSelect: [onDrawn(line, by, hooks)] },
    scales: { ...base.scales, y: { range: [-10, 10] } },
    axes: axes((splits) => splits.map((value) => ([-10, 0, 10].includes(value) ? score(value).replace('.0', '') : '')), null),
    series: [
      {},
      { label: 'cooperation', paths: bars, fill: colour('--cooperation'), width: 0, points: { show: false } },
      { label: 'conflict', paths: bars, fill: colour('--conflict'), width: 0, points: { show: false } },
    ],
  };
  return new uPlot(options, [line.seconds, up, down] as uPlot.AlignedData, box);
}

/** Draws both; they follow the width of their boxes. */
export function draw(
  counts: HTMLElement,
  scores: HTMLElement,
  line: Timeline,
  by: Period,
  share: boolean,
  hooks: Hooks,
): uPlot[] {
  if (line.periods.length === 0) return [];
  const plots = [countPlot(counts, line, by, share, hooks), scorePlot(scores, line, by, hooks)];
  const watch = new ResizeObserver(() => {
    for (const plot of plots) {
      const width = plot.root.parentElement?.clientWidth ?? 0;
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
    }
  });
  watch.observe(counts);
  plots[0].hooks.destroy = [() => watch.disconnect()];
  return plots;
}

/** Shows a stretch as chosen; nothing given, none. */
export function select(plot: uPlot, first: number | null, last: number | null): void {
  const width = plot.over.clientWidth;
  if (first === null && last === null) {
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    return;
  }
  const half = 12;
  const left = first === null ? 0 : Math.max(0, plot.valToPos(first, 'x') - half);
  const right = last === null ? width : Math.min(width, plot.valToPos(last, 'x') - half);
  plot.setSelect({ left, width: Math.max(2, right - left), top: 0, height: plot.over.clientHeight }, false);
}

/** Moves the hair to a period. */
export function point(plot: uPlot, index: number): void {
  const second = plot.data[0][index];
  if (second !== undefined) plot.setCursor({ left: plot.valToPos(second, 'x'), top: 10 }, false);
}
