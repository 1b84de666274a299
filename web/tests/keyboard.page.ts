/** Everything without a mouse, and with what readers have set. */

import { expect, it } from 'vitest';
import { browser, settled, visit } from './browser';

it('the keyboard alone leads from the start to the words of an event', async () => {
  const page = await browser();
  await visit(page, '/');
  await page.keyboard.press('/');
  await page.keyboard.type('Ghana');
  await page.getByRole('option', { name: /^Ghana\b.*country/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Togo');
  await page.getByRole('option', { name: /^Togo\b.*country/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dyad/GHA/TGO*');
  await settled(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = page.locator('main .item').nth(1);
  expect(await second.evaluate((item) => item.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('w');
  await second.locator('.detail .chain').waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/event/**');
  await settled(page);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

it('letters that are typed into a field are letters', async () => {
  const page = await browser();
  await visit(page, '/events');
  await page.locator('header input').focus();
  await page.keyboard.type('jkt?');
  expect(await page.locator('header input').inputValue()).toBe('jkt?');
  expect(await page.locator('dialog[open]').count()).toBe(0);
  expect(new URL(page.url()).search).toBe('');
});

it('help opens and closes, t turns to the table, g leads elsewhere', async () => {
  const page = await browser();
  await visit(page, '/events');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  await page.keyboard.press('t');
  await page.waitForSelector('main section table');
  expect(page.url()).toContain('view=table');
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  await page.waitForURL('**/contradictions');
});

it('the first key of all skips to the content', async () => {
  const page = await browser();
  await visit(page, '/events');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

it('the chart is read and brushed with arrows', async () => {
  const page = await browser();
  await visit(page, '/dyad/GHA/TGO?by=day');
  await page.waitForSelector('.counts canvas');
  const chart = page.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('Home');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/November 2026: \d/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=2026-1/);
  await settled(page);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('from='));
});

it('a theme that was chosen stays', async () => {
  const page = await browser({ colorScheme: 'light' });
  await visit(page, '/');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(await paper()).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await paper()).not.toBe(light);
});
