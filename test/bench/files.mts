import { join, resolve } from 'node:path';

const DIST = join(resolve(import.meta.dirname, '../..'), 'dist');

export const BUNDLE = join(DIST, 'workos-mcp.js');
export const ISOLATE = join(DIST, 'isolate.js');
export const TOKENIZER = join(DIST, 'token-counter.js');
