// An isolate like the real one, in which the tools are acts of a test.
import { runChild } from '../../../../src/isolate/child.ts';

void runChild(() => import('./work.ts'));
