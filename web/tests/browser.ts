/** A browser that lets nothing out, and that remembers what went wrong in it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, expect, inject } from 'vitest';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const base = (): string => inject('base');

interface Opened {
  context: BrowserContext;
  folder: string;
  wrong: string[];
}

const opened: Opened[] = [];

/** A new browser with an empty profile. What it asks of others, and what its console complains of, fails the test. */
export async function browser(options: BrowserContextOptions = {}): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const wrong: string[] = [];
  opened.push({ context, folder, wrong });
  context.setDefaultTimeout(10_000);
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url.startsWith(base()) || url.startsWith(inject('reading')) || url.startsWith('data:')) return route.continue();
    wrong.push(`asked ${url}`);
    return route.abort();
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.some((text) => message.text().includes(text))) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}

/** What the browser's console says by itself when an answer is an error that the test asked for. */
let expected: string[] = [];
export function expecting(...texts: string[]): void {
  expected = texts;
}

afterEach(async () => {
  const wrong = opened.flatMap((one) => one.wrong);
  for (const one of opened.splice(0)) {
    await one.context.close();
    rmSync(one.folder, { recursive: true, force: true });
  }
  expected = [];
  expect(wrong).toEqual([]);
});

afterAll(async () => {
  await Promise.all(opened.map((one) => one.context.close()));
});

/** Opens an address and waits until its data are there. */
export async function visit(page: Page, address: string, from = base()): Promise<void> {
  await page.goto(from + address);
  await settled(page);
}

/** No view is waiting for data any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('main .waiting, main [aria-busy="true"], main .stale'));
  await page.waitForLoadState('load');
}

interface AxeResult {
  violations: { id: string; impact: string | null; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe finds that is serious or critical. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = await page.evaluate(
    () => (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run() as Promise<AxeResult>,
  );
  return result.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.help}: ${one.nodes[0].html} ${one.nodes[0].failureSummary ?? ''}`);
}

/** The answer to a question, asked beside the browser. */
export async function data<T>(address: string): Promise<T> {
  const response = await fetch(base() + address);
  expect(response.status, address).toBe(200);
  return (await response.json()) as T;
}
