/** Every view: it shows, its address can be kept, it has no barrier in either theme, and nothing leaves the machine. */

import { describe, expect, it } from 'vitest';
import type { CommitmentRow, EventRow, Rows } from '../src/lib/rows';
import { barriers, browser, data, settled, visit } from './browser';

/** The event of several reports that everything is tried on: the shots near Aflao. */
async function shots(): Promise<EventRow> {
  const { rows } = await data<Rows<EventRow>>('/events.json?actor=TGO&type=ASSAULT&limit=50');
  return rows.sort((a, b) => b.n_reports - a.n_reports)[0];
}

async function addresses(): Promise<[string, string][]> {
  const event = await shots();
  const commitments = await data<Rows<CommitmentRow>>('/commitments.json');
  const id = encodeURIComponent;
  return [
    ['start', '/'],
    ['events', '/events'],
    ['events as a table', '/events?view=table'],
    ['dyad', '/dyad/GHA/TGO'],
    ['actor', '/actor/GHA'],
    ['event', `/event/${id(event.event_id)}`],
    ['article', `/document/${id(event.document_id ?? '')}?report=${id(event.report_id ?? '')}`],
    ['actors', '/actors'],
    ['articles', '/documents'],
    ['claims', '/claims'],
    ['contradictions', '/contradictions'],
    ['commitments', '/commitments'],
    ['commitment', `/commitment/${id(commitments.rows[0].commitment_id)}`],
    ['network', '/network'],
    ['map', '/map'],
    ['full text', '/search?text=border'],
    ['reports', '/reports'],
    ['review', '/review'],
    ['nowhere', '/no/such/page'],
  ];
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('every view is without serious barriers', { timeout: 240_000 }, async () => {
    const page = await browser({ colorScheme });
    for (const [name, address] of await addresses()) {
      if (name === 'nowhere') continue;
      await visit(page, address);
      expect(await barriers(page), name).toEqual([]);
    }
  });
});

it('every view has a heading, a title of its own, and no place that is wider than a telephone', { timeout: 120_000 }, async () => {
  const page = await browser({ viewport: { width: 360, height: 780 } });
  const titles = new Set<string>();
  const all = await addresses();
  for (const [name, address] of all) {
    if (name === 'nowhere') continue;
    await visit(page, address);
    expect(await page.locator('main h1').count(), name).toBe(1);
    titles.add(await page.title());
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${name} is too wide`).toBeLessThanOrEqual(0);
  }
  expect(titles.size).toBeGreaterThan(all.length - 4);
});

it('every export that is offered is there', { timeout: 120_000 }, async () => {
  const page = await browser();
  for (const [name, address] of await addresses()) {
    if (name === 'nowhere') continue;
    await visit(page, address);
    const button = page.getByRole('button', { name: 'Export' });
    await button.click();
    const links = await page.locator('.menu a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.length, name).toBeGreaterThan(0);
    for (const link of links) {
      const answer = await fetch(link);
      expect(answer.status, `${name}: ${link}`).toBe(200);
      expect((await answer.arrayBuffer()).byteLength, link).toBeGreaterThan(0);
    }
  }
});

it('shows the same after a reload: the address holds the view', { timeout: 60_000 }, async () => {
  const page = await browser();
  await visit(page, '/dyad/GHA/TGO?from=2026-11-01&to=2026-11-03&by=day');
  const before = await page.locator('main ol .deed').allInnerTexts();
  expect(before.length).toBeGreaterThan(1);
  await page.reload();
  await settled(page);
  expect(await page.locator('main ol .deed').allInnerTexts()).toEqual(before);
  await visit(page, '/events?view=table&type=ASSAULT');
  expect(await page.getByRole('button', { name: 'Table' }).getAttribute('aria-pressed')).toBe('true');
  const types = await page.locator('main section table tbody tr td:nth-child(4)').allInnerTexts();
  expect(types.length).toBeGreaterThan(2);
  expect(types.every((type) => type === 'ASSAULT')).toBe(true);
});

it('says so where nothing is', async () => {
  const page = await browser();
  await visit(page, '/events?place=Nowhere-at-all');
  expect(await page.locator('main .state').innerText()).toContain('No event fits');
  await page.getByRole('link', { name: 'show everything' }).click();
  await settled(page);
  expect(await page.locator('main .item').count()).toBeGreaterThan(5);
});
