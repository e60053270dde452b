import type { OpenExecutor } from './executor.ts';
import { createWork } from './work.ts';

/** Runs tools in this very process, with nothing in between. For tests and measurements only. */
export const inProcess: OpenExecutor = (surroundings) => ({
  run: createWork(surroundings),
  assurance: async () => 'none, tools run in this process',
  close: async () => undefined,
});
