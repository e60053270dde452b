import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  isJSONRPCRequest,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import { MOST_LEVELS, tooDeep } from '../gateway/check-input.ts';
import { isShallow, textsIn } from '../shared/json.ts';
import type { Lookout } from '../shared/lookout.ts';
import { isToolName } from '../tools/registry.ts';
import { ProtocolError, toProtocolError } from './protocol-error.ts';

const CALL = 'tools/call';
/** The methods that may be named: another's name is the client's text. */
const METHODS: ReadonlySet<string> = new Set([
  'initialize',
  CALL,
  'prompts/get',
  'resources/list',
  'resources/read',
  'completion/complete',
]);

/** Looks at each message of a client before it is handled. One with a decoy, nested too deeply to be handled, or that calls a tool in a way that can't be read, is answered by an error, if it waits for an answer, and handled no further. `client` is what the client calls itself, once it has. */
export function refuseMessages(
  transport: Transport,
  lookout: Lookout | undefined,
  client: () => string | undefined,
): void {
  const handle = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const refusal = lookAt(message, lookout, client()) ?? malformed(message);
    if (refusal === undefined) handle?.(message, extra);
    else if (isJSONRPCRequest(message)) {
      const { code, message: text, data } = refusal;
      const error = { code, message: text, ...(data && { data }) };
      // Whoever went away meanwhile needs no answer.
      transport.send({ jsonrpc: '2.0', id: message.id, error }).catch(() => undefined);
    }
  };
}

/** A call of a tool goes on though a decoy is in its arguments: the gateway refuses it, as all is stopped, and records it. */
function lookAt(
  message: JSONRPCMessage,
  lookout: Lookout | undefined,
  by: string | undefined,
): ProtocolError | undefined {
  const { envelope, place, call } = partsOf(message);
  const refusal = lookout?.look(textsIn(envelope), place, by);
  if (refusal !== undefined) return toProtocolError(refusal);
  const inCall = call && lookout?.look(textsIn(call.input), `arguments of ${call.tool}`, by);
  if (inCall !== undefined && !isJSONRPCRequest(message)) return toProtocolError(inCall);
  return isShallow(envelope, MOST_LEVELS) ? undefined : toProtocolError(tooDeep());
}

/** What stands around the arguments of a tool, and those; of any other message all is around. */
function partsOf(message: JSONRPCMessage): {
  readonly envelope: object;
  readonly place: string;
  readonly call?: { readonly tool: string; readonly input: unknown };
} {
  if (!('method' in message)) return { envelope: message, place: 'an answer of a client' };
  const { method, params } = message;
  const place = `a message of a client (${METHODS.has(method) ? method : 'another'})`;
  const tool = params?.['name'];
  if (method !== CALL || typeof tool !== 'string' || !isToolName(tool)) return { envelope: message, place };
  const input = params?.['arguments'];
  return {
    envelope: { ...message, params: { ...params, arguments: undefined } },
    place,
    call: { tool, input },
  };
}

/** The SDK would answer with what its library for schemas says, in JSON. */
function malformed(message: JSONRPCMessage): ProtocolError | undefined {
  if (!isJSONRPCRequest(message) || message.method !== CALL) return undefined;
  const { error } = CallToolRequestSchema.safeParse(message);
  if (error === undefined) return undefined;
  const fields = [...new Set(error.issues.map(({ path }) => path.slice(0, 2).join('.')))].join(', ');
  return new ProtocolError(
    ErrorCode.InvalidParams,
    `This call of a tool can't be read: wrong or missing ${fields}. It takes "params" with "name", a text, and "arguments", an object.`,
  );
}
