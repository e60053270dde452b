import { defineConfig } from 'vitest/config';

/** Reads the lockfile as the bundler does: JSON with an export per key. */
const lockfile = {
  name: 'lockfile',
  transform: (text: string, id: string) => {
    if (!id.endsWith('/workos-mcp.lock')) return undefined;
    const content: Record<string, unknown> = JSON.parse(text);
    return Object.entries(content)
      .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`)
      .join('\n');
  },
};

export default defineConfig({
  plugins: [lockfile],
  test: {
    include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
    setupFiles: ['test/support/own-state.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
