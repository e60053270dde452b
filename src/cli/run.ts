import { watchOutput } from '../shared/output.ts';
import { main } from './main.ts';
import { exit } from './process.ts';

/** Runs the command line of this process to its end. */
export async function run(): Promise<void> {
  watchOutput();
  await exit(await main(process.argv.slice(2)));
}
