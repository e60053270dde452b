import { main } from './main.ts';
import { exit, tolerateClosedOutput } from './process.ts';

/** Runs the command line of this process to its end. */
export async function run(): Promise<void> {
  tolerateClosedOutput();
  await exit(await main(process.argv.slice(2)));
}
