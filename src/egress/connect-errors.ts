import { AppError, type ErrorDetails } from '../shared/errors.ts';
import { NotConnected } from './not-connected.ts';

const UNTRUSTED: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
]);
const OUT_OF_DATE: ReadonlySet<unknown> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Why a TCP or TLS connection to a host (or `the proxy …`) could not be made. */
export function connectError(who: string, cause: unknown): NotConnected {
  if (cause instanceof NotConnected) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const certificate = certificateError(who, code);
  if (certificate) return notConnected(certificate, false, cause);
  const tls = typeof code === 'string' && (code === 'EPROTO' || code.startsWith('ERR_SSL_'));
  return notConnected(
    {
      message: tls ? `No TLS connection could be made to ${who}.` : `No connection could be made to ${who}.`,
      hint: 'Check the network connection, proxy and WORKOS_API_BASE_URL, then try again.',
    },
    true,
    cause,
  );
}

function certificateError(who: string, code: unknown): Omit<ErrorDetails, 'code'> | undefined {
  if (UNTRUSTED.has(code)) {
    return {
      message: `The certificate of ${who} is signed by an authority that this machine does not trust.`,
      hint: "If a proxy of this network inspects TLS, add its authority to the system's certificates, or name its file in NODE_EXTRA_CA_CERTS. Checks can't be turned off.",
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      message: `The certificate of ${who} was made out to another name.`,
      hint: "Something in between answers in its place: check DNS, the proxy and WORKOS_API_BASE_URL. Checks can't be turned off.",
    };
  }
  if (!OUT_OF_DATE.has(code)) return undefined;
  return {
    message: `The certificate of ${who} is out of date.`,
    hint: 'Check the clock of this machine, and any proxy that inspects TLS.',
  };
}

/** Why the proxy made no way to the target: it answered CONNECT with this status. */
export function proxyRefusal(proxy: string, target: string, status: number): NotConnected {
  if (status === 407) {
    return notConnected(
      {
        message: `The proxy ${proxy} asks for a user name and password (HTTP 407).`,
        hint: 'Put them into the proxy URL: http://user:password@host:port. Other ways to sign in to a proxy are not supported.',
      },
      false,
    );
  }
  return notConnected(
    {
      message: `The proxy ${proxy} refused the connection to ${target} (HTTP ${status}).`,
      hint: `Ask whoever runs the proxy to allow ${target}, or name it in NO_PROXY if it is reached without.`,
    },
    status >= 500,
  );
}

/** A proxy that speaks something else than HTTP, or too much. */
export function oddProxy(proxy: string, cause?: unknown): NotConnected {
  return notConnected(
    {
      message: `The proxy ${proxy} did not answer as an HTTP proxy does.`,
      hint: 'Check the address and port of the proxy.',
    },
    cause !== undefined,
    cause,
  );
}

function notConnected(details: Omit<ErrorDetails, 'code'>, passing: boolean, cause?: unknown): NotConnected {
  return new NotConnected(new AppError({ code: 'NETWORK', ...details }, { cause }), { passing, cause });
}
