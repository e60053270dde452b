import type { Verdict } from './finding.ts';

/** Starts the process the tools run in, and says what keeps it apart. */
export async function checkIsolate(assurance: () => Promise<string>): Promise<Verdict> {
  const found = await assurance();
  if (found.includes('permission model on')) return { status: 'ok', found };
  return { status: 'warn', found, fix: 'Run it with Node 22.15 or newer as it comes from nodejs.org.' };
}
