import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** `import rows from '….tsv?columns=a,b&table'`: the named columns of one of the program's own tables. */
function tables(): Plugin {
  return {
    name: 'tables',
    enforce: 'pre',
    load(id) {
      const [file, query] = id.split('?');
      if (!query?.endsWith('&table')) return null;
      const wanted = (new URLSearchParams(query).get('columns') ?? '').split(',');
      const lines = readFileSync(file, 'utf8').split('\n');
      const body = lines.filter((line) => line !== '' && !line.startsWith('#'));
      const named = (cells: string[]) => wanted.every((name) => cells.includes(name));
      // The names of the columns are the first line, or the last comment before it.
      const comments = lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2).split('\t'));
      const inBody = named(body[0].split('\t'));
      const header = inBody ? body[0].split('\t') : comments.find(named);
      if (!header) throw new Error(`${file}: no columns ${wanted.join(', ')}`);
      const at = wanted.map((name) => header.indexOf(name));
      const rows = body.slice(inBody ? 1 : 0).map((line) => {
        const cells = line.split('\t');
        return at.map((index) => cells[index] ?? '');
      });
      return `export default ${JSON.stringify(rows)};`;
    },
  };
}

/** What came from others goes with their licences. */
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const packages = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const found = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id);
          if (found) packages.add(found[0]);
        }
      }
      const texts = [...packages].sort().map((folder) => {
        const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        if (!file) throw new Error(`${name} has no licence`);
        return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
      });
      const source = `The page holds work of others, under these licences. Outlines of countries: Natural Earth (public domain).\n\n${texts.join('\n---\n\n')}`;
      this.emitFile({ type: 'asset', name: 'licences.txt', source });
    },
  };
}

export default defineConfig({
  plugins: [tables(), svelte(), licences()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { fs: { allow: ['..'] } },
  test: { include: ['src/**/*.test.ts'] },
});
