import { join, resolve } from 'node:path';

const DIST = join(resolve(import.meta.dirname, '../..'), 'dist');

export const ISOLATE = join(DIST, 'isolate.js');
export const TOKENIZER = join(DIST, 'token-counter.js');
