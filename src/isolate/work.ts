import { tools } from '../tools/registry.ts';
import type { Tool } from '../tools/tool.ts';
import { createWorkosClient } from '../workos/client.ts';
import type { Surroundings, Work } from './executor.ts';

/** Runs jobs on an account: the tools over the WorkOS client, whose requests go out through `http`. */
export function createWork({ baseUrl, http }: Pick<Surroundings, 'baseUrl' | 'http'>): Work {
  const workos = createWorkosClient({ baseUrl, http });
  return ({ tool: name, input, ...job }, scope) => {
    const tool: Tool = tools[name];
    return tool.execute(workos.forCall({ ...scope, yields: job.lean }), input, {
      ...job,
      ...scope,
      now: () => new Date(),
    });
  };
}
