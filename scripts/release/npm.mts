import { execFile } from 'node:child_process';
import { delimiter, dirname, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a program printed, whatever status it ended with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs npm in the project: the one that runs this, or else that on the PATH. */
export function runNpm(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const script = process.env['npm_execpath'] ?? '';
  const [command, first] = script.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  return ended(command, [...first, ...args], { ...process.env, PATH: path, ...env });
}

/** Runs a script or program of the project with this Node. */
export function runNode(args: readonly string[]): Promise<Ended> {
  return ended(process.execPath, args, process.env);
}

function ended(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((done) => {
    execFile(command, args, { cwd: ROOT, env, maxBuffer: 1 << 27 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}
