/** Titles, names, addresses and filters that mean harm stay text. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DocumentRow, Rows } from '../src/lib/rows';
import { browser, data, expecting, visit } from './browser';

async function markup(): Promise<DocumentRow> {
  const { rows } = await data<Rows<DocumentRow>>('/documents.json?limit=200');
  const row = rows.find((one) => one.title?.includes('DROP TABLE'));
  if (!row) throw new Error('the article with markup is not in the ledger');
  return row;
}

describe('markup in an article', () => {
  it('is shown as it was written, wherever it is shown', { timeout: 60_000 }, async () => {
    const document = await markup();
    const page = await browser();
    for (const address of ['/', '/documents', `/document/${document.document_id}`, '/dyad/PER/ECU', '/claims', '/search?text=stones']) {
      await visit(page, address);
      await page.waitForTimeout(200);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('main script, main img').count(), address).toBe(0);
    }
    await visit(page, `/document/${document.document_id}`);
    expect(await page.locator('h1').innerText()).toContain("<script>document.title='owned'</script>");
    expect(await page.locator('.article').innerText()).toContain('<img src=x onerror="document.title=\'owned\'">');
    expect(await page.locator('main').innerText()).toContain('<b>Bold</b> & Sons');
  });

  it('never becomes a link that runs', async () => {
    const document = await markup();
    const page = await browser();
    await visit(page, `/document/${document.document_id}`);
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.filter((href) => !/^(\/|https?:|#)/.test(href))).toEqual([]);
    expect(await page.locator('main').innerText()).toContain('javascript:document.title');
  });

  it('counts letters outside the basic plane as one', async () => {
    const document = await markup();
    const page = await browser();
    await visit(page, `/document/${document.document_id}`);
    const acts = await page.locator('.article .mk-act').allInnerTexts();
    expect(acts).toContain('accused');
    expect((await page.locator('.article .inquote').allInnerTexts()).join('')).toContain('We did not 😀 move anything,');
  });
});

it('links to other sites are only to http and https, and tell them nothing', async () => {
  const { rows } = await data<Rows<DocumentRow>>('/documents.json?limit=200');
  const row = rows.find((one) => one.title === 'Togo denies attack near Aflao');
  const page = await browser();
  await visit(page, `/document/${row?.document_id}`);
  const link = page.getByRole('link', { name: 'the article at its outlet' });
  expect(await link.getAttribute('href')).toBe('https://example.org/lome/2');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
});

it('right-to-left names stand apart from what is around them', async () => {
  const { rows } = await data<Rows<DocumentRow>>('/documents.json?limit=200');
  const row = rows.find((one) => one.outlets === 'صحيفة النهار');
  const page = await browser();
  await visit(page, `/document/${row?.document_id}`);
  expect(await page.locator('h1').evaluate((node) => getComputedStyle(node).direction)).toBe('rtl');
  expect(await page.locator('.article').evaluate((node) => getComputedStyle(node).direction)).toBe('ltr');
  expect(await page.locator('.standfirst bdi').first().innerText()).toBe('صحيفة النهار');
});

it('filters that mean harm find nothing, and break nothing', { timeout: 60_000 }, async () => {
  expecting('Failed to load resource');
  const page = await browser();
  for (const text of ["' OR 1=1 --", '"', 'NEAR(', '<script>document.title="owned"</script>', '*', '%', 'a'.repeat(2000)]) {
    await visit(page, `/search?text=${encodeURIComponent(text)}`);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('main .state, main .hit').count(), text.slice(0, 40)).toBeGreaterThan(0);
  }
});

it('an id that is none is told so', async () => {
  expecting('Failed to load resource');
  const page = await browser();
  for (const address of ['/event/nonsense', '/document/..%2F..%2Fetc', '/actor/%3Cimg%20src=x%3E', '/dyad/GHA/nobody-at-all', '/commitment/0']) {
    await visit(page, address);
    await page.locator('main [role=alert], main .state').first().waitFor();
  }
});

it('the page that is built asks for nothing but itself', () => {
  const html = readFileSync(join(import.meta.dirname, '../dist/index.html'), 'utf8');
  const wanted = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]);
  expect(wanted.length).toBeGreaterThan(3);
  expect(wanted.filter((address) => !address.startsWith('/'))).toEqual([]);
  expect(html).not.toMatch(/<script>|<style|style=|onload=/);
});
