/** What a reader does: look somebody up, choose days, follow a number to its words. */

import { expect, it } from 'vitest';
import type { ContradictionRow, EventRow, NetworkPage, Rows } from '../src/lib/rows';
import { browser, data, expecting, settled, visit } from './browser';

it('two actors that are picked show what passed between them', async () => {
  const page = await browser();
  await visit(page, '/');
  const box = page.getByRole('combobox', { name: 'Pick one actor' });
  await box.fill('gha');
  await page.getByRole('option', { name: /^Ghana\b.*country/ }).first().click();
  await box.fill('togo');
  await page.getByRole('option', { name: /^Togo\b.*country/ }).first().click();
  await page.waitForURL('**/dyad/GHA/TGO*');
  await settled(page);
  expect(await page.locator('h1').innerText()).toMatch(/Ghana\s+and\s+Togo/);
  expect(await page.locator('main .item').count()).toBeGreaterThan(5);
});

it('days that are drawn on the chart filter the list', async () => {
  const page = await browser();
  await visit(page, '/dyad/GHA/TGO?by=day');
  await page.waitForSelector('.counts canvas');
  const all = await page.locator('main .item').count();
  const box = await page.locator('.counts .u-over').boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + 4, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + 70, { steps: 8 });
  await page.mouse.up();
  await page.waitForURL(/from=2026-1/);
  await settled(page);
  const some = await page.locator('main .item').count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  expect(await page.getByRole('button', { name: 'Show all days' }).count()).toBe(1);
  await page.goBack();
  await settled(page);
  await expect.poll(() => page.locator('main .item').count()).toBe(all);
});

it('an event shows its words, its speakers and its reasons two clicks from the chart', async () => {
  const page = await browser();
  await visit(page, '/dyad/GHA/TGO');
  const item = page.locator('main .item').filter({ hasText: 'ASSAULT' }).first();
  await item.scrollIntoViewIfNeeded();
  await item.locator('.mk-act').first().waitFor();
  expect(await item.locator('.mk-source').first().innerText()).toContain('Togolese troops');
  await item.getByRole('button', { name: 'Words and reasons' }).click();
  const detail = item.locator('.detail');
  await detail.getByText('On whose word').waitFor();
  expect(await detail.locator('.chain li').count()).toBeGreaterThan(1);
  await detail.locator('summary').click();
  expect(await detail.locator('.trail li').count()).toBeGreaterThan(5);
});

it('a claim never looks like a fact', async () => {
  const page = await browser();
  await visit(page, '/claims');
  const statuses = await page.locator('main .item .status').allInnerTexts();
  expect(statuses.length).toBeGreaterThan(3);
  const fill = await page.evaluate(() => {
    const look = (status: string) => {
      const box = document.createElement('span');
      box.className = `swatch sw-${status}`;
      document.body.append(box);
      const style = getComputedStyle(box);
      return style.backgroundImage === 'none' && style.backgroundColor !== 'rgba(0, 0, 0, 0)';
    };
    return ['asserted', 'alleged', 'denied', 'planned', 'conditional', 'hypothetical', 'negated'].map(look);
  });
  expect(fill).toEqual([true, false, false, false, false, false, false]);
});

it('an event has its reports beside each other, and says where they disagree', async () => {
  const { rows } = await data<Rows<EventRow>>('/events.json?actor=TGO&type=ASSAULT&limit=50');
  const event = rows.sort((a, b) => b.n_reports - a.n_reports)[0];
  expect(event.n_reports).toBeGreaterThan(2);
  const page = await browser();
  await visit(page, `/event/${encodeURIComponent(event.event_id)}`);
  expect(await page.locator('.beside thead th').count()).toBe(event.n_reports);
  expect(await page.locator('.beside tr.differs').count()).toBeGreaterThan(0);
  expect(await page.locator('.course > li').count()).toBeGreaterThan(1);
  await page.locator('summary', { hasText: 'Why it is the same event' }).first().scrollIntoViewIfNeeded();
});

it('an article keeps every letter of its text, and greys what is no news', async () => {
  const documents = await data<Rows<{ document_id: string; title: string | null }>>('/documents.json?limit=200');
  const ghana = documents.rows.find((row) => row.title === 'Ghana accuses Togo of shelling border post');
  const { text } = await data<{ text: string }>(`/document/${ghana?.document_id}.json`);
  const page = await browser();
  await visit(page, `/document/${ghana?.document_id}`);
  expect(await page.locator('.article').evaluate((node) => node.textContent)).toBe(text);
  expect(await page.locator('.article .off').first().innerText()).toContain('ACCRA');
  expect((await page.locator('.article .inquote').allInnerTexts()).join('')).toContain('We want peace');
  await page.locator('.notes button.pick').first().click();
  await page.waitForSelector('.article .now');
  expect(page.url()).toContain('report=');
  expect(await page.locator('.article .tag').count()).toBeGreaterThan(1);
});

it('contradictions name each account with its source', async () => {
  const { rows } = await data<Rows<ContradictionRow>>('/contradictions.json?limit=30');
  const page = await browser();
  await visit(page, '/contradictions');
  expect(await page.locator('main .contradiction').count()).toBe(rows.length);
  const accounts = rows.reduce((sum, row) => sum + row.accounts.length, 0);
  expect(await page.locator('main .contradiction .accounts > li').count()).toBe(accounts);
});

it('a commitment tells what became of it', async () => {
  const page = await browser();
  await visit(page, '/commitments');
  await page.locator('main .item a', { hasText: 'withdraw its troops' }).first().click();
  await page.waitForURL('**/commitment/**');
  await settled(page);
  expect(await page.locator('.course > li').count()).toBeGreaterThan(0);
});

it('the network is drawn the same each time, and its table has all of it', async () => {
  const network = await data<NetworkPage>('/network.json?limit=120');
  const page = await browser();
  await visit(page, '/network');
  await page.waitForSelector('.node circle');
  const places = () => page.locator('.node circle').evaluateAll((all) => all.map((c) => `${c.getAttribute('cx')} ${c.getAttribute('cy')}`));
  const before = await places();
  // What a country does to itself is in the table only.
  const between = network.edges.filter((edge) => edge.source !== edge.target);
  expect(before.length).toBe(new Set(between.flatMap((edge) => [edge.source, edge.target])).size);
  await page.reload();
  await page.waitForSelector('.node circle');
  expect(await places()).toEqual(before);
  await page.getByRole('button', { name: 'Table' }).click();
  await page.waitForSelector('main table');
  expect(await page.locator('main tbody tr').count()).toBe(network.edges.length);
});

it('a place on the map leads to its events', async () => {
  const page = await browser();
  await visit(page, '/map');
  await page.waitForSelector('main svg circle');
  expect(await page.locator('main svg path.land').getAttribute('d')).toMatch(/^M/);
  await page.getByRole('button', { name: 'All places' }).click();
  expect(await page.locator('main svg > g').getAttribute('transform')).toMatch(/scale\(/);
  await page.getByRole('button', { name: 'Table' }).click();
  await page.locator('main tbody a').first().click();
  await page.waitForURL(/events\?.*place=/);
  await settled(page);
  expect(await page.locator('main .item').count()).toBeGreaterThan(0);
});

it('words are found in the texts and marked', async () => {
  const page = await browser();
  await visit(page, '/search');
  await page.getByRole('searchbox', { name: 'Words' }).fill('ambassador');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?text=ambassador');
  await settled(page);
  expect((await page.locator('main mark').first().innerText()).toLowerCase()).toContain('ambassador');
});

it('data of a view come as files', async () => {
  const page = await browser();
  await visit(page, '/events?type=ASSAULT');
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^CSV/ }).click()]);
  const stream = await download.createReadStream();
  let text = '';
  for await (const piece of stream) text += String(piece);
  const [head, ...rows] = text.trim().split('\n');
  expect(head).toContain('event_id');
  expect(rows.length).toBeGreaterThan(2);
});

it('a server that is gone is told of, and asked again on demand', async () => {
  expecting('Failed to load resource', 'net::ERR');
  const page = await browser();
  await visit(page, '/');
  await page.route('**/claims.json*', (route) => route.abort());
  await page.getByRole('link', { name: 'Claims', exact: true }).click();
  await page.getByText('The server does not answer').waitFor();
  await page.unroute('**/claims.json*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  expect(await page.locator('main .item').count()).toBeGreaterThan(3);
});
