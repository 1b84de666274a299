/** Bytes that a browser fetches before the start page stands: the document, its scripts and styles, compressed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2];
const seen = new Set();

function fetched(name) {
  if (seen.has(name)) return 0;
  seen.add(name);
  const bytes = readFileSync(join(folder, name));
  let sum = gzipSync(bytes).length;
  const text = bytes.toString('utf8');
  if (name.endsWith('.html')) {
    for (const [, address] of text.matchAll(/(?:src|href)="\/([^"]+)"/g)) if (/\.(js|css|svg)$/.test(address)) sum += fetched(address);
  } else if (name.endsWith('.js')) {
    // Static imports only: what is imported on demand is not of the first load.
    for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) sum += fetched(`assets/${other}`);
  }
  return sum;
}

console.log(fetched('index.html'));
