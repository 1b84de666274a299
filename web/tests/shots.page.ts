/** Pictures for docs/screenshots, made anew with `SHOTS=1 npm run test:page -- shots`. */

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DocumentRow, EventRow, Rows } from '../src/lib/rows';
import { browser, data, visit } from './browser';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const LARGEST = 200_000;

it.skipIf(!process.env.SHOTS)('pictures are made', { timeout: 180_000 }, async () => {
  mkdirSync(FOLDER, { recursive: true });
  const { rows } = await data<Rows<EventRow>>('/events.json?actor=TGO&type=ASSAULT&limit=50');
  const event = rows.sort((a, b) => b.n_reports - a.n_reports)[0];
  const documents = await data<Rows<DocumentRow>>('/documents.json?limit=200');
  const article = documents.rows.find((row) => row.title?.startsWith('Ethiopia denies'));
  const shots: [string, string, number, 'light' | 'dark'][] = [
    ['start', '/', 1280, 'light'],
    ['dyad', '/dyad/GHA/TGO?from=2026-11-01&to=2026-11-09&by=day', 1280, 'light'],
    ['event', `/event/${encodeURIComponent(event.event_id)}`, 1280, 'light'],
    ['article-dark', `/document/${article?.document_id}`, 1280, 'dark'],
    ['contradictions', '/contradictions', 1280, 'light'],
    ['network', '/network', 1280, 'light'],
    ['map-dark', '/map', 1000, 'dark'],
    ['dyad-phone', '/dyad/GHA/TGO?by=day', 360, 'light'],
    ['event-phone-dark', `/event/${encodeURIComponent(event.event_id)}`, 360, 'dark'],
  ];
  for (const [name, address, width, colorScheme] of shots) {
    const page = await browser({ viewport: { width, height: width < 1200 ? 780 : 900 }, colorScheme });
    await visit(page, address);
    await page.waitForTimeout(800); // charts and marks come after the data
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    expect(statSync(path).size, name).toBeLessThan(LARGEST);
  }
});
