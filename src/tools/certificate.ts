import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Connection, WorkosEvent } from '../workos/schemas.ts';

/** Fewer days left than this is worth a finding. */
const EXPIRING_DAYS = 30;
const DAY_MS = 86_400_000;

export const certificateOutput = z.object({
  /** `unknown` when nothing was seen: silence does not mean that no certificate is due. */
  status: z.enum(['ok', 'expiring', 'expired', 'unknown']),
  expires_at: z.string().optional(),
  days_left: z.number().optional(),
  /** Where this was read. */
  source: z.enum(['certificate', 'renewal_event']).optional(),
});
export type CertificateHealth = z.output<typeof certificateOutput>;

/** Event types that tell about certificates. */
export const CERTIFICATE_EVENTS = [
  'connection.saml_certificate_renewal_required',
  'connection.saml_certificate_renewed',
] as const;

const renewalData = z.object({
  connection: z.object({ id: z.string() }),
  certificate: z.object({ expiry_date: z.string() }),
});

/** The connection an event of CERTIFICATE_EVENTS is about. */
function certificateEventConnection(event: WorkosEvent): string | undefined {
  const parsed = z.object({ connection: z.object({ id: z.string() }) }).safeParse(event.data);
  return parsed.success ? parsed.data.connection.id : undefined;
}

/** Health of a connection's signing certificate: from the certificate if it is there, else from its latest renewal event. */
export function certificateHealth(
  connection: Connection,
  events: readonly WorkosEvent[],
  now: Date,
): CertificateHealth {
  const pem = connection.options?.signing_cert;
  const certificate = pem === undefined ? undefined : parseCertificate(pem);
  if (certificate !== undefined) return judge(certificate, 'certificate', now);
  const latest = events
    .filter((event) => certificateEventConnection(event) === connection.id)
    .reduce<WorkosEvent | undefined>(
      (a, b) => (a === undefined || b.created_at > a.created_at ? b : a),
      undefined,
    );
  const expiry = renewalData.safeParse(latest?.data);
  return expiry.success
    ? judge(new Date(expiry.data.certificate.expiry_date), 'renewal_event', now)
    : { status: 'unknown' };
}

function judge(expires: Date, source: 'certificate' | 'renewal_event', now: Date): CertificateHealth {
  if (Number.isNaN(expires.getTime())) return { status: 'unknown' };
  const left = Math.floor((expires.getTime() - now.getTime()) / DAY_MS);
  const status = left < 0 ? 'expired' : left <= EXPIRING_DAYS ? 'expiring' : 'ok';
  return { status, expires_at: expires.toISOString(), days_left: Math.max(0, left), source };
}

/** End of validity; accepts PEM or bare base64, as identity providers hand it out. */
function parseCertificate(text: string): Date | undefined {
  try {
    const der = Buffer.from(text.replace(/-----[^-]+-----/gu, ''), 'base64');
    return new Date(new X509Certificate(der).validTo);
  } catch {
    return undefined;
  }
}
