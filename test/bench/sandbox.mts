import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BUNDLE } from './files.mts';

/** A sample account in a process of its own, as WorkOS is none of ours. */
export interface RunningSandbox {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Starts it. */
export async function startSandboxProcess(): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [BUNDLE, 'sandbox', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, api_key: apiKey } = JSON.parse(String(line));
  return {
    url,
    apiKey,
    close: async () => {
      child.kill();
      await ended;
    },
  };
}
