import { type Lookout, requireNoDecoy } from '../shared/lookout.ts';
import type { FromChild } from './messages.ts';
import { parseMessage } from './parse-message.ts';

const PLACES: Readonly<Partial<Record<FromChild['type'], string>>> = {
  result: 'a result',
  failure: 'an error',
  fault: 'an error',
  progress: 'what is told while it runs',
  api: 'a request to WorkOS',
  download: 'a download',
  ask: 'a question to the person',
};

/** Reads a line of the isolate. Throws for what is no message, and for one that shows a decoy, as it stands or behind escapes. `toolOf` names the tool of a call. */
export function readMessage(
  line: string,
  lookout: Lookout | undefined,
  toolOf: (call: number) => string | undefined,
): FromChild {
  const message = attempt(() => parseMessage(line));
  requireNoDecoy(lookout, line, placeOf(message, toolOf));
  return message ?? parseMessage(line);
}

function placeOf(message: FromChild | undefined, toolOf: (call: number) => string | undefined): string {
  const place = message && PLACES[message.type];
  if (message === undefined || place === undefined) return 'what the process of the tools says';
  const tool = 'call' in message ? toolOf(message.call) : undefined;
  return tool === undefined ? place : `${place} of ${tool}`;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
