import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Grant, TokenGate } from '../access/token-gate.ts';
import { cleanClient } from '../gateway/clean-client.ts';
import type { Lookout } from '../shared/lookout.ts';
import { refuseBodyType } from './http-body.ts';
import type { Refusal } from './refusal.ts';

/** The path MCP is spoken on. */
export const MCP_PATH = '/mcp';
/** Where figures are, if they are served. */
export const METRICS_PATH = '/metrics';
const METHODS = ['POST', 'GET', 'DELETE'];
const LEGACY_PATHS: ReadonlySet<string> = new Set(['/sse', '/message', '/messages']);

/** What a request is measured against. */
export interface Guard {
  readonly port: number;
  /** The server's own; it lets everything in that the server allows. */
  readonly token: string;
  /** Whether figures are served, to who has the server's own token. */
  readonly metrics?: boolean;
  /** Knows the connection tokens that are accepted, too. */
  readonly gate?: TokenGate | undefined;
  /** Accepts `/{token}/mcp`, for clients that can't send headers. */
  readonly tokenInPath?: boolean | undefined;
  /** Looks for decoys before anything else is looked at. */
  readonly lookout?: Lookout | undefined;
}

/** A request that may go on, and the connection token it came with; without one it came with the server's own. */
export interface Admitted {
  readonly grant?: Grant;
}

/** A bearer token nobody can guess: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Checks everything that can be checked before the body is read; the order is cheapest and most telling first. */
export function checkHead(request: IncomingMessage, guard: Guard): { readonly refusal: Refusal } | Admitted {
  const { port } = guard;
  if (showsDecoy(request, guard.lookout)) return { refusal: WRONG_TOKEN };
  const hosts = request.headersDistinct['host'] ?? [];
  // Exact names defeat DNS rebinding: a page on evil.com that resolves to 127.0.0.1 still sends its own Host.
  if (hosts.length !== 1 || ![`127.0.0.1:${port}`, `localhost:${port}`].includes(hosts[0] ?? '')) {
    return { refusal: { status: 403, message: 'Host not allowed.' } };
  }
  // Only browsers send Origin, and no browser page is meant to reach this server.
  if (request.headers.origin !== undefined)
    return { refusal: { status: 403, message: 'Origin not allowed.' } };
  const target = takeTarget(request, guard);
  if (target === undefined) return { refusal: refusePath(request.url ?? '', port) };
  const isMetrics = request.url === METRICS_PATH;
  const methods = isMetrics ? ['GET'] : METHODS;
  if (!methods.includes(request.method ?? '')) {
    const headers = { allow: methods.join(', ') };
    return { refusal: { status: 405, message: 'Method not allowed.', headers } };
  }
  const admitted = checkToken(request, target.token, guard);
  if ('refusal' in admitted) return admitted;
  if (isMetrics) return admitted.grant === undefined ? admitted : { refusal: NOT_FOR_CLIENTS };
  const refusal = request.method === 'POST' ? refuseBodyType(request) : refuseWithoutSession(request, port);
  return refusal === undefined ? admitted : { refusal };
}

/** Everything is stopped then; who sent it is told no more than that it is no token. */
function showsDecoy(request: IncomingMessage, lookout: Lookout | undefined): boolean {
  const { url = '', rawHeaders } = request;
  const by = clientOf(request);
  if (lookout?.look(url, 'the address of an HTTP request', by) !== undefined) return true;
  return lookout?.look(rawHeaders.join('\n'), 'the headers of an HTTP request', by) !== undefined;
}

/** What the program calls itself before it says so in MCP. */
export function clientOf({ headers }: IncomingMessage): string | undefined {
  const name = headers['user-agent'];
  return name === undefined ? undefined : cleanClient({ name, version: '' }).name;
}

const NOT_FOR_CLIENTS: Refusal = {
  status: 403,
  message: 'A connection token reads no figures: they are of all clients.',
};

/** The token in the path, where there may be one. It is taken out of the request, so that nothing further on can show it. */
function takeTarget(
  request: IncomingMessage,
  { tokenInPath = false, metrics = false }: Guard,
): { readonly token?: string } | undefined {
  if (request.url === MCP_PATH || (metrics && request.url === METRICS_PATH)) return {};
  const token = /^\/([\w-]{32,128})\/mcp$/u.exec(request.url ?? '')?.[1];
  if (!tokenInPath || token === undefined) return undefined;
  request.url = MCP_PATH;
  return { token };
}

function refusePath(url: string, port: number): Refusal {
  const [path = ''] = url.split('?');
  return { status: 404, message: LEGACY_PATHS.has(path) ? legacyAdvice(port) : 'Not found.' };
}

/** A client of the older HTTP+SSE transport opens with a GET that names no session. */
function refuseWithoutSession(request: IncomingMessage, port: number): Refusal | undefined {
  if (request.headers['mcp-session-id'] !== undefined) return undefined;
  return { status: 400, message: legacyAdvice(port) };
}

function legacyAdvice(port: number): string {
  return `This server speaks MCP Streamable HTTP, not HTTP+SSE: set the client's transport to "http" (Streamable HTTP) and its URL to http://127.0.0.1:${port}${MCP_PATH}. A session starts with a POST of an initialize request.`;
}

/** A path lets only connection tokens in: one that leaks from there can be revoked while the server runs. */
function checkToken(
  request: IncomingMessage,
  inPath: string | undefined,
  { token, gate }: Guard,
): { readonly refusal: Refusal } | Admitted {
  const headers = request.headersDistinct['authorization'] ?? [];
  const inHeader = /^Bearer +(.+)$/i.exec(headers[0] ?? '')?.[1] ?? '';
  // Whoever showed two would be served as one of them, and recorded as that one only.
  const differ = inPath !== undefined && inHeader !== '' && inHeader !== inPath;
  if (headers.length > 1 || differ) return { refusal: TWO_TOKENS };
  const own = carriesToken(inHeader, token);
  const presented = gate?.present(inPath ?? inHeader);
  if (own && inPath === undefined) return {};
  if (presented !== undefined && 'grant' in presented) return presented;
  const none = (inPath ?? inHeader) === '' ? 'missing' : 'unknown';
  gate?.refused(presented?.ended ?? none);
  return { refusal: presented === undefined ? WRONG_TOKEN : endedToken(ENDED[presented.ended]) };
}

/** Hashes give both sides the same length, so that the comparison takes the same time whatever was sent. */
function carriesToken(sent: string, token: string): boolean {
  return timingSafeEqual(sha256(sent), sha256(token));
}

const WRONG_TOKEN: Refusal = {
  status: 401,
  message: 'Missing or wrong bearer token.',
  headers: { 'www-authenticate': 'Bearer' },
};

const TWO_TOKENS: Refusal = { status: 400, message: 'Show one bearer token, and show it once.' };

const ENDED = { disabled: 'is disabled', expired: 'has expired', revoked: 'is revoked' } as const;

/** For whoever holds a token that was accepted once; `how` as in "is revoked". */
export function endedToken(how: string): Refusal {
  return { ...WRONG_TOKEN, message: `This connection token ${how}.` };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
