import { defineConfig } from 'vitest/config';

/** The page in a browser, over a real server. One test at a time: the browser has the machine to itself. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.page.ts'],
    globalSetup: ['serve.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
