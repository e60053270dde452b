import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isJSONRPCRequest, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { MOST_LEVELS, tooDeep } from '../gateway/check-input.ts';
import { isShallow } from '../shared/json.ts';
import type { Lookout } from '../shared/lookout.ts';
import { toProtocolError } from './protocol-error.ts';

/** The methods that may be named: another's name is the client's text. */
const METHODS: ReadonlySet<string> = new Set([
  'initialize',
  'tools/call',
  'prompts/get',
  'resources/list',
  'resources/read',
  'completion/complete',
]);

/** Looks at each message of a client before it is handled. One with a decoy, or nested too deeply to be looked at, is answered by an error, if it waits for an answer, and handled no further. `client` is what the client calls itself, once it has. */
export function refuseDecoys(transport: Transport, lookout: Lookout, client: () => string | undefined): void {
  const handle = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const { part, place } = toLookAt(message);
    const refusal = isShallow(part, MOST_LEVELS)
      ? lookout.look(JSON.stringify(part), place, client())
      : tooDeep();
    if (refusal === undefined) handle?.(message, extra);
    else if (isJSONRPCRequest(message)) {
      const { code, message: text, data } = toProtocolError(refusal);
      const error = { code, message: text, data };
      // Whoever went away meanwhile needs no answer.
      transport.send({ jsonrpc: '2.0', id: message.id, error }).catch(() => undefined);
    }
  };
}

/** At the arguments of a tool the gateway looks, which then records the call as well. */
function toLookAt(message: JSONRPCMessage): { readonly part: object; readonly place: string } {
  if (!('method' in message)) return { part: message, place: 'an answer of a client' };
  const { method, params } = message;
  const place = `a message of a client (${METHODS.has(method) ? method : 'another'})`;
  if (method !== 'tools/call') return { part: message, place };
  return { part: { ...message, params: { ...params, arguments: undefined } }, place };
}
