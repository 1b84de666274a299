/** Where we are: the path and the query of the address, and how to go elsewhere. */

import { type Filters, readFilters, queryString, VIEW_KEYS } from './filters';

class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  /** Counts the visits of another path: then, and only then, the focus moves to the new heading. */
  visits = $state(0);

  params = $derived(new URLSearchParams(this.search));
  filters: Filters = $derived(readFilters(this.params));
  table = $derived(this.params.get('view') === 'table');
  /** Whether events are counted per 100 articles of the period. */
  share = $derived(this.params.get('measure') === 'share');

  constructor() {
    addEventListener('popstate', () => this.arrive());
    addEventListener('click', (event) => this.follow(event));
  }

  /** Goes to an address of this page. */
  go(address: string, replace = false): void {
    if (address === location.pathname + location.search) return;
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.arrive();
  }

  /** The same view with other filters or another way of showing them. */
  change(filters: Filters, view: Record<string, string | null> = {}, replace = false): void {
    this.go(this.path + this.query(filters, view), replace);
  }

  /** The query for these filters, with the view's own keys as they are unless given. */
  query(filters: Filters, view: Record<string, string | null> = {}): string {
    const kept: Record<string, string | null> = {};
    for (const key of VIEW_KEYS) kept[key] = this.params.get(key);
    return queryString(filters, { ...kept, ...view });
  }

  private arrive(): void {
    const elsewhere = location.pathname !== this.path;
    this.path = location.pathname;
    this.search = location.search;
    if (elsewhere) {
      this.visits += 1;
      scrollTo(0, 0);
    }
  }

  /** Links of the page change the view; downloads, other sites and new tabs are the browser's. */
  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}

export const router = new Router();
