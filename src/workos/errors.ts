import { AppError, type ErrorDetails } from '../shared/errors.ts';
import { isRecord } from '../shared/json.ts';
import { retryAfterMs } from '../shared/retry-after.ts';

/** An answer that is not a success. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The list tool that shows which ids exist under a path. */
const LISTED_BY: readonly (readonly [prefix: string, tool: string])[] = [
  ['/organizations', 'list_workos_organizations'],
  ['/connections', 'list_sso_connections'],
  ['/directory_groups/', 'list_directory_groups'],
  ['/directory_groups', 'list_directories or list_directory_users'],
  ['/directory_users', 'list_directories or list_directory_groups'],
  ['/directories', 'list_directories'],
  ['/audit_logs', 'get_audit_log_events without export_id and cursor'],
];

/** The API's machine-readable refusal: its code and, per field, what is wrong. Free text is not in it. */
export interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  readonly fields: readonly { readonly code: string; readonly field: string }[];
  /** The body as it came: to look things up in, never to show. */
  readonly body: string;
}

/** Turns an unsuccessful answer into an AppError, once; its cause is a Refusal. Upstream text never passes. */
export function answerError(path: string, answer: Answer): AppError {
  const refusal = readRefusal(answer);
  return new AppError(explain(path, answer, refusal), { cause: refusal });
}

function explain(path: string, { status, headers }: Answer, { code, fields }: Refusal): ErrorDetails {
  if (status === 401) {
    return {
      code: 'INVALID_API_KEY',
      message: 'WorkOS refused the API key.',
      hint: 'Ask the person to check that WORKOS_API_KEY is a valid key of this environment.',
    };
  }
  if (status === 403) {
    return {
      code: 'FORBIDDEN',
      message: 'This API key may not do that.',
      hint: 'Ask the person for a key whose permissions cover it.',
    };
  }
  if (status === 404) {
    const tool = LISTED_BY.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'list_workos_organizations';
    return {
      code: 'NOT_FOUND',
      message: 'Nothing with this id exists in this environment.',
      hint: `Call ${tool} to see which ids exist.`,
    };
  }
  if (status === 409)
    return { code: 'CONFLICT', message: 'It conflicts with something that exists already.' };
  if (status === 429) {
    const wait = Math.ceil((retryAfterMs(headers) ?? 1_000) / 1_000);
    return {
      code: 'RATE_LIMITED',
      message: `WorkOS is rate limiting this key; it asks to wait ${wait} s.`,
      hint: `Wait ${wait} s, then make the call again.`,
    };
  }
  if (status >= 400 && status < 500) {
    const what = fields.map((entry) => `${entry.field} (${entry.code})`).join(', ') || code;
    return {
      code: 'INVALID_INPUT',
      message:
        what === undefined ? `WorkOS refused the request (HTTP ${status}).` : `WorkOS refused: ${what}.`,
      hint: 'Correct the arguments named here.',
    };
  }
  return {
    code: 'UPSTREAM_ERROR',
    message: `WorkOS answered with HTTP ${status}.`,
    hint: 'Try again in a moment; status.workos.com tells about incidents.',
  };
}

function readRefusal({ status, text }: Answer): Refusal {
  const body = parseJson(text);
  const errors = isRecord(body) && Array.isArray(body['errors']) ? body['errors'] : [];
  const fields = errors.filter(isRecord).map((entry) => ({
    code: token(entry['code']) ?? 'invalid',
    field: token(entry['field']) ?? 'a field',
  }));
  return {
    status,
    code: isRecord(body) ? token(body['code']) : undefined,
    fields: fields.slice(0, 10),
    body: text,
  };
}

/** True for the error that means: the range holds no audit-log event. */
export function isEmptyExport(thrown: unknown): boolean {
  const refusal = refusalOf(thrown);
  return refusal?.status === 400 && /no audit log events found/iu.test(refusal.body);
}

/** The API's refusal behind an error, if that is what it was. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  const cause = thrown instanceof AppError ? thrown.cause : undefined;
  return isRefusal(cause) ? cause : undefined;
}

function isRefusal(value: unknown): value is Refusal {
  return isRecord(value) && 'fields' in value && 'body' in value;
}

/** Lets through identifiers only: whatever else an upstream body says stays out of our messages. */
function token(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.[\]-]{1,80}$/u.test(value) ? value : undefined;
}

/** JSON, or undefined for anything else. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
