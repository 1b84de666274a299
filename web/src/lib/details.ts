/** Pages of events, asked for once while their event stays in sight. */

import { get } from './api';
import { path } from './filters';
import type { EventPage } from './rows';

const kept = new Map<string, Promise<EventPage>>();
const MOST = 200;

/** The page of an event; asked again after a failure, and when the ledger has moved on. */
export function eventPage(id: string, version: number): Promise<EventPage> {
  const key = `${version} ${id}`;
  const known = kept.get(key);
  if (known) return known;
  const asked = get<EventPage>(`${path('event', id)}.json`);
  asked.catch(() => kept.delete(key));
  kept.set(key, asked);
  if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
  return asked;
}

/** Calls once the element comes near the window. */
export function whenNear(call: () => void): (node: Element) => () => void {
  return (node) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          observer.disconnect();
          call();
        }
      },
      { rootMargin: '200px' },
    );
    observer.observe(node);
    return () => observer.disconnect();
  };
}
