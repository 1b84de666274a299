/** Which view an address shows. Views with large libraries are loaded when they are first wanted. */

import type { Component } from 'svelte';
import Events from './Events.svelte';
import Start from './Start.svelte';

// Props differ from view to view; the table below is their only caller.
type AnyView = Component<any>;

interface Shown {
  component: Promise<AnyView>;
  props: Record<string, string>;
}

type Loader = () => Promise<AnyView>;

const lazy =
  (load: () => Promise<{ default: AnyView }>): Loader =>
  () =>
    load().then((module) => module.default);

/** Pattern of a path, where `:name` is one part of it, and what it shows. */
const VIEWS: [string, Loader][] = [
  ['/', () => Promise.resolve(Start)],
  ['/events', () => Promise.resolve(Events)],
  ['/event/:id', lazy(() => import('./Event.svelte'))],
  ['/dyad/:a/:b', lazy(() => import('./Dyad.svelte'))],
  ['/actors', lazy(() => import('./Actors.svelte'))],
  ['/actor/:id', lazy(() => import('./Actor.svelte'))],
  ['/documents', lazy(() => import('./Documents.svelte'))],
  ['/document/:id', lazy(() => import('./Document.svelte'))],
  ['/claims', lazy(() => import('./Claims.svelte'))],
  ['/commitments', lazy(() => import('./Commitments.svelte'))],
  ['/commitment/:id', lazy(() => import('./Commitment.svelte'))],
  ['/contradictions', lazy(() => import('./Contradictions.svelte'))],
  ['/network', lazy(() => import('./Network.svelte'))],
  ['/map', lazy(() => import('./Map.svelte'))],
  ['/search', lazy(() => import('./Search.svelte'))],
  ['/reports', lazy(() => import('./Reports.svelte'))],
  ['/review', lazy(() => import('./Review.svelte'))],
];

const missing = lazy(() => import('./Missing.svelte'));

/** The parts of a path that a pattern names; nothing if it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = path.replace(/(.)\/$/, '$1').split('/');
  if (want.length !== have.length) return null;
  const props: Record<string, string> = {};
  for (let at = 0; at < want.length; at += 1) {
    if (want[at].startsWith(':')) {
      if (have[at] === '') return null;
      try {
        props[want[at].slice(1)] = decodeURIComponent(have[at]);
      } catch {
        return null;
      }
    } else if (want[at] !== have[at]) return null;
  }
  return props;
}

/** What to show at a path. */
export function view(path: string): Shown {
  for (const [pattern, load] of VIEWS) {
    const props = match(pattern, path);
    if (props) return { component: load(), props };
  }
  return { component: missing(), props: {} };
}
