/** Reviews, and news while the page is open. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import type { EventRow, ReviewRow, Rows } from '../src/lib/rows';
import { browser, data, settled, visit } from './browser';

it('a verdict is added with its coder, and the next report comes up', async () => {
  const page = await browser();
  await visit(page, '/review');
  const first = await page.locator('main .quoted').first().innerText();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Give your name as coder first').waitFor();
  await page.getByLabel('Coder').fill('Efua <b>Sackey</b>');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect.poll(() => page.locator('main .quoted').first().innerText()).not.toBe(first);
  const { rows } = await data<Rows<ReviewRow>>('/reviews.json');
  expect(rows.some((row) => row.coder === 'Efua <b>Sackey</b>' && row.verdict === 'confirm')).toBe(true);
});

it('a correction keeps what was there', async () => {
  const page = await browser();
  await visit(page, '/review');
  await page.getByLabel('Coder').fill('Kwame');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Correct …' }).click();
  await page.getByLabel('Field').selectOption('status');
  await page.getByLabel(/Instead of/).selectOption('denied');
  await page.getByLabel('Comment').fill('read it again');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.getByText('Saved: correct').waitFor();
  const { rows } = await data<Rows<ReviewRow>>('/reviews.json');
  const row = rows.find((one) => one.coder === 'Kwame');
  expect([row?.field, row?.value, row?.comment]).toEqual(['status', 'denied', 'read it again']);
});

it.skipIf(!inject('program'))('a server that only shows offers no review', async () => {
  const page = await browser();
  await visit(page, '/', inject('reading'));
  expect(await page.getByRole('link', { name: 'Review', exact: true }).count()).toBe(0);
  await visit(page, '/review', inject('reading'));
  await page.getByText('This server only shows').waitFor();
});

it.skipIf(!inject('program'))('a correction becomes a rule, after a look at what else it would change', { timeout: 60_000 }, async () => {
  const page = await browser();
  await visit(page, '/review?type=SANCTION');
  await page.getByLabel('Coder').fill('Adjoa');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Correct …' }).click();
  await page.getByLabel('Field').selectOption('event_type');
  await page.getByLabel(/Instead of/).selectOption('COERCE');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.getByRole('button', { name: 'Make a rule of this correction' }).click();
  await page.getByRole('button', { name: 'Show what else would change' }).click();
  await page.getByText(/would change in \d+ articles? read both ways/).waitFor({ timeout: 30_000 });
});

it.skipIf(!inject('program'))('what another process adds is announced, and shown when it is asked for', { timeout: 60_000 }, async () => {
  const page = await browser();
  await visit(page, '/');
  await page.waitForTimeout(500);
  const folder = mkdtempSync(join(tmpdir(), 'tidings-news-'));
  const file = join(folder, 'late.jsonl');
  const article = { id: 'late', outlet: 'Evening Post', date: '2026-12-05', title: 'Late news', text: 'Kenya accused Uganda on Friday of jamming its radio.' };
  writeFileSync(file, JSON.stringify(article));
  execFileSync(inject('program'), ['add', file, '--ledger', inject('ledger')], { stdio: 'pipe' });
  rmSync(folder, { recursive: true });
  const banner = page.locator('.news');
  await banner.waitFor({ timeout: 20_000 });
  expect(await banner.innerText()).toContain('1 new article');
  expect(await page.locator('main').innerText()).not.toContain('jamming');
  await banner.getByRole('button', { name: 'Show' }).click();
  await settled(page);
  await expect.poll(() => page.locator('main').innerText()).toContain('Kenya accused Uganda');
  expect(await banner.count()).toBe(0);
});

it.skipIf(!inject('program'))('an event that is none is taken apart, and joined again', { timeout: 60_000 }, async () => {
  const { rows } = await data<Rows<EventRow>>('/events.json?actor=NOR&limit=50');
  const event = rows.find((row) => row.n_reports > 1);
  if (!event) throw new Error('no event of several reports');
  const page = await browser();
  await visit(page, `/event/${encodeURIComponent(event.event_id)}`);
  const form = page.locator('section').filter({ hasText: 'Is it one event?' });
  await form.getByLabel('Coder').fill('Yaw');
  await form.getByLabel('Why').fill('another day');
  await form.getByRole('checkbox').last().check();
  await form.getByRole('button', { name: 'Take them apart' }).click();
  await form.getByText('Taken apart').waitFor();
  await expect.poll(() => page.locator('.beside thead th').count()).toBe(event.n_reports - 1);
  const later = await data<Rows<EventRow>>('/events.json?actor=NOR&limit=50');
  const other = later.rows.find((row) => !rows.some((one) => one.event_id === row.event_id));
  await form.getByLabel(/The same event as/).fill(`/event/${encodeURIComponent(other?.event_id ?? '')}`);
  await form.getByRole('button', { name: 'Join the two' }).click();
  await form.getByText('Joined').waitFor();
  await expect.poll(() => page.locator('.beside thead th').count()).toBe(event.n_reports);
});
