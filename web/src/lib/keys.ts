/** The keyboard: what each key does, and moving through the items of a list. */

export const KEYS: [string, string][] = [
  ['/', 'search for an actor or for words'],
  ['j', 'next item of the list'],
  ['k', 'the one before'],
  ['Enter', 'open the item'],
  ['w', 'its words, speakers and reasons'],
  ['t', 'the same as a table, and back'],
  ['f', 'filters'],
  ['e', 'export'],
  ['g then s', 'start'],
  ['g then e', 'events'],
  ['g then c', 'claims'],
  ['g then x', 'contradictions'],
  ['g then n', 'network'],
  ['g then m', 'map'],
  ['?', 'this help'],
  ['Esc', 'close, or leave a field'],
];

/** Where `g` and a letter lead. */
export const PLACES: Record<string, string> = {
  s: '/',
  e: '/events',
  c: '/claims',
  x: '/contradictions',
  o: '/commitments',
  n: '/network',
  m: '/map',
  d: '/documents',
  a: '/actors',
};

/** Whether a key belongs to what is typed into. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Moves the focus to the next (1) or previous (-1) item's main link. */
export function step(by: number): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-item]')];
  if (items.length === 0) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by));
  const main = items[next].querySelector<HTMLElement>('[data-main]') ?? items[next];
  main.focus({ preventScroll: true });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  items[next].scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

/** Presses a button of the view, if it has one; inside the item that has the focus first. */
export function press(name: string): void {
  const item = document.activeElement?.closest('[data-item]');
  const button =
    item?.querySelector<HTMLElement>(`[data-key="${name}"]`) ?? document.querySelector<HTMLElement>(`[data-key="${name}"]`);
  button?.click();
}
