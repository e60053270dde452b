import { existsSync } from 'node:fs';
import { probe } from '../egress/probe.ts';
import { isExempt } from '../egress/proxy.ts';
import { trustedBesides } from '../egress/trust.ts';
import { isLoopback } from '../shared/api-origin.ts';
import { AppError } from '../shared/errors.ts';
import type { Network } from '../shared/network.ts';
import type { Verdict } from './finding.ts';
import { failureOf } from './run-checks.ts';

/** A clock further off breaks certificates sooner or later. */
const MOST_SKEW_MS = 60_000;

/** Causes that a person can act upon, by the system's code. */
const REASONS: Readonly<Record<string, readonly [found: string, fix: string]>> = {
  ENOTFOUND: [
    'its name is not known to the DNS of this network',
    'Check the network connection, DNS and WORKOS_API_BASE_URL.',
  ],
  EAI_AGAIN: ['the DNS of this network does not answer', 'Check the network connection and its DNS.'],
  ECONNREFUSED: ['nothing listens there', 'Check WORKOS_API_BASE_URL: host and port.'],
  ECONNRESET: [
    'the connection was cut off',
    'Ask whoever runs the network to let https through, or name its proxy in HTTPS_PROXY.',
  ],
  HPE: [
    'what answers speaks no HTTP',
    'Check WORKOS_API_BASE_URL: host and port. A proxy or a filter in between may answer in its place.',
  ],
  ETIMEDOUT: [
    'it does not answer',
    'Ask whoever runs the network to let https through, or name its proxy in HTTPS_PROXY.',
  ],
};

const UNKNOWN = 'Check the network connection, HTTPS_PROXY and WORKOS_API_BASE_URL.';

/** Reaches the API without a key: DNS, connection, certificate, and the clock of this machine. */
export async function checkNetwork(
  origin: URL,
  network: Network,
  extraCertificates: string | undefined,
  signal: AbortSignal,
): Promise<Verdict[]> {
  const certificates = certificatesAt(extraCertificates);
  const began = Date.now();
  try {
    const { status, date } = await probe(origin, network, signal);
    const took = Date.now() - began;
    if (status === 407)
      return [
        {
          status: 'fail',
          found: 'a proxy asks for a user name and password (HTTP 407)',
          fix: 'Write them into HTTPS_PROXY: http://user:password@host:port.',
        },
        ...certificates,
      ];
    const { system, extra } = trustedBesides();
    const trust =
      origin.protocol === 'https:'
        ? `, certificate trusted (${system} system and ${extra} extra authorities)`
        : '';
    return [
      { status: 'ok', found: `${origin.host} answers in ${took} ms${trust}` },
      ...clockAgainst(date, took),
      ...certificates,
    ];
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return [
      isProxied(origin, network) ? failureOf(thrown, UNKNOWN) : reasonOf(origin, thrown),
      ...certificates,
    ];
  }
}

/** Then the error is about the proxy, and says so. */
function isProxied(origin: URL, network: Network): boolean {
  return network.proxy !== undefined && !isLoopback(origin) && !isExempt(origin, network);
}

function reasonOf({ host }: URL, thrown: unknown): Verdict {
  const code = codeBehind(thrown);
  const [found, fix] = REASONS[code.startsWith('HPE_') ? 'HPE' : code] ?? [];
  if (found === undefined || fix === undefined) return failureOf(thrown, UNKNOWN);
  return { status: 'fail', found: `${host} can't be reached: ${found}`, fix };
}

/** The system's code, however many errors it is wrapped in. */
function codeBehind(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if (!(thrown instanceof AppError) && 'code' in thrown && typeof thrown.code === 'string')
    return thrown.code;
  return codeBehind(thrown.cause);
}

/** The clock may be off by what the answer took, and by the second the header is cut to. */
function clockAgainst(date: Date | undefined, took: number): Verdict[] {
  if (date === undefined) return [];
  const skew = Math.abs(Date.now() - date.getTime());
  if (skew <= MOST_SKEW_MS + took) return [];
  const found = `the clock of this machine is ${Math.round(skew / 1_000)} s off`;
  return [{ status: 'warn', found, fix: 'Let the system set its clock by the network.' }];
}

function certificatesAt(file: string | undefined): Verdict[] {
  if (file === undefined || file === '' || existsSync(file)) return [];
  const found = `NODE_EXTRA_CA_CERTS names ${file}, which is not there`;
  return [{ status: 'warn', found, fix: 'Correct NODE_EXTRA_CA_CERTS, or remove it.' }];
}
