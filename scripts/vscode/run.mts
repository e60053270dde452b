// Programs that are waited for, and that end when this process does.
import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end; throws an Error with its `stderr` if it fails. */
export async function run(
  file: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<void> {
  const running = promisify(execFile)(file, args, options);
  // npm would go on after a milder signal.
  const end = () => running.child.kill('SIGKILL');
  process.once('exit', end);
  try {
    await running;
  } finally {
    process.off('exit', end);
  }
}
