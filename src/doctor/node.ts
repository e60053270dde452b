import type { Verdict } from './finding.ts';

/** Looks at the runtime: even versions of Node are kept in repair for years, odd ones for months. */
export function checkNode({ node, electron }: Readonly<Record<string, string | undefined>>): Verdict {
  const found = electron === undefined ? `Node ${node}` : `Node ${node} in Electron ${electron}`;
  const major = Number(node?.split('.')[0]);
  if (electron !== undefined || major % 2 === 0) return { status: 'ok', found };
  return {
    status: 'warn',
    found: `${found}, a version that gets no repairs after some months`,
    fix: 'Use a long-term release of Node, 22.15 or newer.',
  };
}
