import type { ServerNotification } from '@modelcontextprotocol/sdk/types.js';
import type { Progress } from '../tools/tool.ts';

/** Turns a tool's progress into MCP notifications, whose number has to grow with each one. */
export function progressReporter(
  progressToken: string | number | undefined,
  send: (notification: ServerNotification) => void,
): (progress: Progress) => void {
  if (progressToken === undefined) return () => undefined;
  let last = 0;
  return ({ message, done, total }) => {
    last = done !== undefined && done > last ? done : last + (done === undefined ? 1 : 0.01);
    send({
      method: 'notifications/progress',
      params: {
        progressToken,
        progress: last,
        message,
        ...(total !== undefined && total >= last && { total }),
      },
    });
  };
}
