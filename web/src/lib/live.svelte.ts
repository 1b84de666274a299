/** News from the ledger while the page is open. Nothing moves under the reader's eyes: it is counted until asked for. */

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

  /** Listens; the browser itself comes back after a break. */
  start(): void {
    if (this.source || typeof EventSource === 'undefined') return;
    this.source = new EventSource('/changes');
    this.source.addEventListener('revision', (event) => {
      try {
        const change = JSON.parse((event as MessageEvent<string>).data) as Partial<Change>;
        this.documents += change.documents ?? 0;
        this.events += change.events ?? 0;
      } catch {
        // Not ours to read; the next one may be.
      }
    });
    addEventListener('pagehide', () => this.stop());
  }

  stop(): void {
    this.source?.close();
    this.source = null;
  }

  show(): void {
    this.documents = 0;
    this.events = 0;
    this.shown += 1;
  }
}

export const live = new Live();
