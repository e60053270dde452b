import { runChild } from './child.ts';

// The program of an isolate, for hosts whose own file can't be run by itself.
void runChild(() => import('./work.ts'));
