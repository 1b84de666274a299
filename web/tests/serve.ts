/** Makes a ledger of the examples, the reports of the suite `grouping` and `articles.jsonl`, and serves it. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    base: string;
    reading: string;
    program: string;
    ledger: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

/** `TIDINGS` names the program; otherwise that of the last build is taken. */
function program(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  const built = [process.env.TIDINGS, join(target, 'debug/tidings'), join(target, 'release/tidings')];
  const found = built.find((path) => path && existsSync(path));
  if (!found) throw new Error(`no tidings in ${target}; hint: cargo build -p tidings-cli, or TIDINGS=path/to/tidings`);
  return found;
}

/** The reports of the suite as JSON lines. */
function suite(): string {
  const lines: string[] = [];
  for (const part of readFileSync(join(root, 'tests/grouping/reports.txt'), 'utf8').split(/^== /m).slice(1)) {
    const [head, ...body] = part.split('\n');
    const [id, outlet, date] = head.split(' | ').map((cell) => cell.trim());
    lines.push(JSON.stringify({ id, outlet, date, text: body.join('\n').trim() }));
  }
  return `${lines.join('\n')}\n`;
}

/** Starts a server and waits for the address that it prints. */
function serve(binary: string, ledger: string, more: string[]): Promise<{ base: string; child: ChildProcess }> {
  const child = spawn(binary, ['serve', '--ledger', ledger, '--port', '0', ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((done, fail) => {
    let said = '';
    let wrong = '';
    child.stderr?.on('data', (data: Buffer) => (wrong += data.toString()));
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const address = /(http:\/\/\S+?)\/?\s/.exec(said)?.[1];
      if (address) done({ base: address, child });
    });
    child.on('exit', (code) => fail(new Error(`tidings serve ended with ${code}: ${wrong}`)));
  });
}

export default async function setup(project: TestProject): Promise<() => void> {
  const given = process.env.TIDINGS_PAGE; // a server that runs already, for work on the page
  if (given) {
    project.provide('base', given);
    project.provide('reading', given);
    project.provide('program', '');
    project.provide('ledger', '');
    return () => undefined;
  }
  const binary = program();
  const folder = mkdtempSync(join(tmpdir(), 'tidings-page-'));
  const ledger = join(folder, 'news.db');
  const reports = join(folder, 'reports.jsonl');
  writeFileSync(reports, suite());
  const articles = join(import.meta.dirname, 'articles.jsonl');
  execFileSync(binary, ['add', join(root, 'examples'), reports, articles, '--ledger', ledger], { stdio: 'pipe' });
  const writing = await serve(binary, ledger, ['--write', '--save-to', join(folder, 'own')]);
  const reading = await serve(binary, ledger, []);
  project.provide('base', writing.base);
  project.provide('reading', reading.base);
  project.provide('program', binary);
  project.provide('ledger', ledger);
  return () => {
    for (const { child } of [writing, reading]) child.removeAllListeners('exit').kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
}
