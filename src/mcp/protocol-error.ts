import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import type { AppError, ErrorCode as AppErrorCode } from '../shared/errors.ts';

/** MCP's code for a resource that does not exist. */
const RESOURCE_NOT_FOUND = -32002;
const CODES: Partial<Record<AppErrorCode, number>> = {
  INVALID_INPUT: ErrorCode.InvalidParams,
  INVALID_CURSOR: ErrorCode.InvalidParams,
  NOT_FOUND: RESOURCE_NOT_FOUND,
};

/** A JSON-RPC error in our own words; the SDK's McpError would repeat its code in the text. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: object | undefined;

  constructor(code: number, message: string, data?: object) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A tool's error where the protocol knows no `isError` result: our message and hint, our code in `data`. */
export function toProtocolError({ code, message, hint }: AppError, data: object = {}): ProtocolError {
  const text = hint === undefined ? message : `${message} ${hint}`;
  return new ProtocolError(CODES[code] ?? ErrorCode.InternalError, text, {
    ...data,
    code,
    ...(hint !== undefined && { hint }),
  });
}

/** The answer to a URI that names nothing here. */
export function unknownResource(uri: string): ProtocolError {
  return new ProtocolError(
    RESOURCE_NOT_FOUND,
    'There is no such resource. resources/list names organizations, resources/templates/list the URIs there are.',
    { uri: uri.slice(0, 300) },
  );
}
