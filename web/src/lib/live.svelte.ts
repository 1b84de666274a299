/** News from the ledger while the page is open. Nothing moves under the reader's eyes: it is counted until asked for. */

/** How far the ledger is: what was ever stored in it. */
interface Change {
  revision: number;
  at: string;
  documents: number;
  events: number;
}

class Live {
  documents = $state(0);
  events = $state(0);
  /** Grows when the reader asks to see what is new: answers are then fetched again. */
  shown = $state(0);
  private source: EventSource | null = null;
  private seen: Change | null = null;
  private last: Change | null = null;

  /** Listens; the browser itself comes back after a break. */
  start(): void {
    if (this.source || typeof EventSource === 'undefined') return;
    this.source = new EventSource('/changes');
    this.source.addEventListener('revision', (event) => {
      try {
        this.hear(JSON.parse((event as MessageEvent<string>).data) as Change);
      } catch {
        // Not ours to read; the next one may be.
      }
    });
    addEventListener('pagehide', () => this.stop());
  }

  /** The server tells how far the ledger is, at first at once: news is what has come since. */
  private hear(now: Change): void {
    this.last = now;
    this.seen ??= now;
    this.documents = Math.max(0, now.documents - this.seen.documents);
    this.events = Math.max(0, now.events - this.seen.events);
  }

  stop(): void {
    this.source?.close();
    this.source = null;
  }

  show(): void {
    this.seen = this.last;
    this.documents = 0;
    this.events = 0;
    this.shown += 1;
  }
}

export const live = new Live();
