/** Data that follow an address: asked for again when it changes, the old answer shown until the new one is here. */

import { get, Problem } from './api';
import { live } from './live.svelte';
import type { Rows } from './rows';

export interface Resource<T> {
  readonly data: T | null;
  readonly error: Problem | null;
  readonly loading: boolean;
  retry(): void;
}

export interface List<T> extends Resource<Rows<T>> {
  readonly rows: T[];
  readonly next: string | null;
  more(): Promise<void>;
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, 'The answer cannot be read', String(error), 'Reload the page.');
}

interface Held<T> {
  data: T | null;
  error: Problem | null;
  loading: boolean;
}

function follow<T>(url: () => string | null): { held: Held<T>; retry: () => void } {
  const held: Held<T> = $state({ data: null, error: null, loading: true });
  let tries = $state(0);
  let subject = '';
  $effect(() => {
    const address = url();
    void tries;
    void live.shown;
    if (address === null) {
      held.data = null;
      held.loading = false;
      return;
    }
    const control = new AbortController();
    // Another thing altogether: its old answer would be wrong, not merely old.
    const asked = address.split('?')[0];
    if (asked !== subject) held.data = null;
    subject = asked;
    held.loading = true;
    held.error = null;
    get<T>(address, control.signal)
      .then((answer) => {
        if (control.signal.aborted) return;
        held.data = answer;
        held.loading = false;
      })
      .catch((error: unknown) => {
        if (control.signal.aborted) return;
        held.data = null;
        held.error = asProblem(error);
        held.loading = false;
      });
    return () => control.abort();
  });
  return { held, retry: () => (tries += 1) };
}

/** One answer. */
export function resource<T>(url: () => string | null): Resource<T> {
  const { held, retry } = follow<T>(url);
  return {
    get data() {
      return held.data;
    },
    get error() {
      return held.error;
    },
    get loading() {
      return held.loading;
    },
    retry,
  };
}

/** A list that goes on. */
export function list<T>(url: () => string | null): List<T> {
  const first = resource<Rows<T>>(url);
  let more: { of: Rows<T> | null; rows: T[]; next: string | null } = $state.raw({ of: null, rows: [], next: null });
  let failed: Problem | null = $state.raw(null);
  const rest = $derived(more.of === first.data && first.data ? more : null);
  return {
    get data() {
      return first.data;
    },
    get error() {
      return failed ?? first.error;
    },
    get loading() {
      return first.loading;
    },
    get rows() {
      return [...(first.data?.rows ?? []), ...(rest?.rows ?? [])];
    },
    get next() {
      return rest ? rest.next : (first.data?.next ?? null);
    },
    retry() {
      failed = null;
      first.retry();
    },
    async more() {
      const address = url();
      const after = rest ? rest.next : first.data?.next;
      if (!address || !after) return;
      const of = first.data;
      const before = rest?.rows ?? [];
      try {
        const glue = address.includes('?') ? '&' : '?';
        const answer = await get<Rows<T>>(`${address}${glue}after=${encodeURIComponent(after)}`);
        if (of === first.data) more = { of, rows: [...before, ...answer.rows], next: answer.next };
      } catch (error) {
        failed = asProblem(error);
      }
    },
  };
}
