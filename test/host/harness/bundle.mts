// Bundles the TypeScript that runs inside the extension host.
import { dirname } from 'node:path';
import { build } from 'esbuild';

/** One CommonJS file of what `entry` imports; `vscode` stays outside. */
export async function bundle(entry: string, outfile: string): Promise<string> {
  return bundleCode(`export * from ${JSON.stringify(entry)};`, dirname(entry), outfile);
}

/** The same for code that has no file. */
export async function bundleCode(contents: string, resolveDir: string, outfile: string): Promise<string> {
  await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
