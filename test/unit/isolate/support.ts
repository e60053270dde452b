import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import type { Executor, Job } from '../../../src/isolate/executor.ts';
import { isolated, type IsolatedOptions } from '../../../src/isolate/isolated.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Lookout } from '../../../src/shared/lookout.ts';
import type { Http } from '../../../src/workos/transport.ts';
import { keepingLogger } from '../gateway/support.ts';

const PROGRAMS = resolve(import.meta.dirname, 'programs');
/** A process that does as it likes. */
export const ROGUE = join(PROGRAMS, 'rogue.js');
const folder = mkdtempSync(join(tmpdir(), 'isolate-'));
const open: Executor[] = [];
afterAll(async () => {
  await Promise.all(open.map((executor) => executor.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** Bundles a program of the tests as the real one is bundled. */
export async function bundleProgram(name: 'isolate' | 'plain'): Promise<string> {
  const outfile = join(folder, `${name}.js`);
  writeFileSync(join(folder, 'file.json'), '{}');
  await build({
    entryPoints: [join(PROGRAMS, `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
  });
  return outfile;
}

export interface Setup extends IsolatedOptions {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly http?: Http;
  readonly lookout?: Lookout;
}

/** An executor in an isolate that ends with the test file, on an account that is not there unless it is named. */
export function openIsolate({ baseUrl = 'http://127.0.0.1:9', apiKey, http, lookout, ...program }: Setup) {
  const logger = keepingLogger();
  const started: string[] = [];
  const executor = isolated({ ...program, started: (line) => void started.push(line) })({
    baseUrl,
    http: http ?? createHttp({ baseUrl, apiKey, logger }),
    logger,
    lookout,
  });
  open.push(executor);
  return {
    executor,
    logger,
    started,
    /** The value of a job that does as it is told. */
    act: async (act: string, more: Partial<Job> & Partial<Scope> = {}): Promise<unknown> => {
      const { signal = new AbortController().signal, progress = () => undefined, confirm, ...job } = more;
      const scope = { signal, progress, ...(confirm && { confirm }) };
      const input = { act, ...(job.input as object | undefined) };
      return (await executor.run({ ...JOB, ...job, input }, scope)).value;
    },
  };
}

type Scope = Parameters<Executor['run']>[1];

/** A job as the gateway makes them. */
export const JOB: Job = {
  tool: 'list_directories',
  input: {},
  environment: { id: 'e', name: 'Test', kind: 'sandbox' },
  patienceMs: 20_000,
  lean: false,
  wide: false,
};

/** The error a job ends with. */
export async function failed(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    (value) => new Error(`It answered ${JSON.stringify(value).slice(0, 200)}`),
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw thrown;
  return thrown;
}

/** A Node that refuses these flags, as an older one does. */
export function nodeWithout(...flags: string[]): string {
  const path = join(folder, `node-${flags.length}`);
  const refusals = flags.map((flag) => `*" ${flag} "*) echo "bad option: ${flag}" >&2; exit 9;;`).join(' ');
  writeFileSync(path, `#!/bin/sh\ncase " $* " in ${refusals} esac\nexec "${process.execPath}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
