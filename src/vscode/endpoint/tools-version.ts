import { createHash } from 'node:crypto';
import { definitionOf } from '../../mcp/definitions.ts';
import { VERSION } from '../../mcp/version.ts';
import type { Gateway } from '../../gateway/gateway.ts';

/** A version that changes only when a tool comes, goes or is described otherwise: VS Code keeps the tools of a version. */
export function toolsVersion(offered: ReturnType<Gateway['listTools']>): string {
  const definitions = JSON.stringify(offered.map(definitionOf));
  return `${VERSION}+${createHash('sha256').update(definitions).digest('hex').slice(0, 12)}`;
}
