import { spawn } from 'node:child_process';
import { requireBundle } from './bundle.ts';

/** The real CLI at a terminal; whoever sits there types an answer when they are asked. Resolves with all that is shown. */
export function atTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answer = '',
): Promise<string> {
  const command = [process.execPath, requireBundle(), ...args];
  const linux = ['-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'];
  const child = spawn('script', process.platform === 'linux' ? linux : ['-q', '/dev/null', ...command], {
    env: { PATH: process.env['PATH'], TERM: 'dumb', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const asked = shown.includes('[y/N]');
    shown += text;
    if (!asked && shown.includes('[y/N]')) child.stdin.write(answer);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(shown));
  });
}
