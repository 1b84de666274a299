/** What the server allows, who codes, and which theme is shown. */

import { get, Problem } from './api';
import type { Meta } from './rows';

function stored(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function store(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // No storage: it holds until the tab is closed.
  }
}

export type Theme = '' | 'light' | 'dark';

class Session {
  meta: Meta | null = $state.raw(null);
  locked = $state(false);
  coder = $state(stored('coder'));
  theme: Theme = $state(stored('theme') as Theme);
  /** Grows whenever colours change, so that canvases are drawn again. */
  colours = $state(0);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (this.colours += 1));
  }

  async load(): Promise<void> {
    try {
      this.meta = await get<Meta>('/meta.json');
      this.locked = false;
    } catch (error) {
      this.locked = error instanceof Problem && error.status === 401;
    }
  }

  setCoder(name: string): void {
    this.coder = name;
    store('coder', name);
  }

  /** Light, dark, and back to what the system says. */
  setTheme(theme: Theme): void {
    this.theme = theme;
    store('theme', theme);
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    this.colours += 1;
  }
}

export const session = new Session();
