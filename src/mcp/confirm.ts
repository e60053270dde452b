import {
  type ClientCapabilities,
  type ElicitResult,
  ElicitResultSchema,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { AppError } from '../shared/errors.ts';

/** A person may take this long to answer before the question counts as declined. */
const ANSWER_MS = 10 * 60_000;

type SendRequest = (
  request: ServerRequest,
  schema: typeof ElicitResultSchema,
  options: { timeout: number; signal: AbortSignal },
) => Promise<ElicitResult>;

/** True when the client can show a form. Clients of 2025-06-18 announce forms by an empty object. */
function canAsk(capabilities: ClientCapabilities | undefined): boolean {
  const elicitation = capabilities?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** Asks the person behind the client through the call's own stream; `undefined` when the client can't. */
export function confirmThrough(
  capabilities: ClientCapabilities | undefined,
  sendRequest: SendRequest,
  signal: AbortSignal,
): ((question: string) => Promise<boolean>) | undefined {
  if (!canAsk(capabilities)) return undefined;
  return async (question) => {
    try {
      const answer = await sendRequest(form(question), ElicitResultSchema, { timeout: ANSWER_MS, signal });
      return answer.action === 'accept' && answer.content?.['confirm'] === true;
    } catch (cause) {
      throw new AppError(
        {
          code: 'DECLINED',
          message: 'Nobody answered the question whether to go ahead, so nothing was done.',
          hint: 'Ask the person, then call again.',
        },
        { cause },
      );
    }
  };
}

function form(message: string): ServerRequest {
  return {
    method: 'elicitation/create',
    params: {
      mode: 'form',
      message,
      requestedSchema: {
        type: 'object',
        // Some clients preselect "yes" unless told otherwise.
        properties: { confirm: { type: 'boolean', title: 'Go ahead', default: false } },
        required: ['confirm'],
      },
    },
  };
}
