import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('sandbox-process.mts', import.meta.url));

/** A sample account in a process of its own, as WorkOS is none of ours. */
export interface RunningSandbox {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Starts it; each answer takes so long, in milliseconds, besides what it takes to make. */
export async function startSandboxProcess(latencyMs: number): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [PROGRAM, String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, apiKey } = JSON.parse(String(line));
  return {
    url,
    apiKey,
    close: async () => {
      child.kill();
      await ended;
    },
  };
}
