import { describe, expect, it } from 'vitest';
import { certificateMaker } from '../../../src/sandbox/account/certificate.ts';
import { certificateHealth } from '../../../src/tools/certificate.ts';
import { connection as schema, workosEvent } from '../../../src/workos/schemas.ts';

const NOW = new Date('2026-09-15T10:00:00.000Z');
const DAY = 86_400_000;
const make = certificateMaker();
const pem = (days: number) =>
  make({
    commonName: 'sso.acme.com',
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date(NOW.getTime() + days * DAY),
  });
const connection = (signing_cert?: string | null) =>
  schema.parse({ id: 'conn_1', options: { signing_cert } });
const renewal = (days: number, created_at: string, id = 'conn_1', event = 'renewal_required') =>
  workosEvent.parse({
    id: 'event_1',
    created_at,
    event: `connection.saml_certificate_${event}`,
    data: {
      connection: { id },
      certificate: { expiry_date: new Date(NOW.getTime() + days * DAY).toISOString() },
    },
  });

describe('certificateHealth', () => {
  it.each([
    [400, 'ok', 400],
    [31, 'ok', 31],
    [30.5, 'expiring', 30],
    [0.5, 'expiring', 0],
    [-0.5, 'expired', 0],
    [-90, 'expired', 0],
  ])('%d days before its end', (days, status, days_left) => {
    const health = certificateHealth(connection(pem(days)), [], NOW);
    expect(health).toMatchObject({ status, days_left, source: 'certificate' });
    expect(health.expires_at).toBe(new Date(NOW.getTime() + days * DAY).toISOString());
  });

  it('reads bare base64, as identity providers hand it out', () => {
    const bare = pem(50).replaceAll(/-----[^-]+-----|\n/gu, '');
    expect(certificateHealth(connection(bare), [], NOW)).toMatchObject({ status: 'ok', days_left: 50 });
  });

  it('believes the certificate before any event', () => {
    const events = [renewal(-3, '2026-09-01T00:00:00.000Z')];
    expect(certificateHealth(connection(pem(50)), events, NOW)).toMatchObject({ status: 'ok' });
  });

  it('believes the latest event of the connection, in whatever order they come', () => {
    const events = [
      renewal(200, '2026-09-10T00:00:00.000Z', 'conn_1', 'renewed'),
      renewal(5, '2026-08-01T00:00:00.000Z'),
      renewal(3, '2026-09-14T00:00:00.000Z', 'conn_2'),
    ];
    for (const order of [events, events.toReversed()]) {
      expect(certificateHealth(connection(), order, NOW)).toMatchObject({
        status: 'ok',
        days_left: 200,
        source: 'renewal_event',
      });
    }
  });

  it.each([
    ['nothing', undefined, []],
    ['null', null, []],
    ['text that is no certificate', 'abc', []],
    [
      'an event without a date',
      undefined,
      [
        workosEvent.parse({
          ...renewal(1, '2026-09-14T00:00:00.000Z'),
          data: { connection: { id: 'conn_1' } },
        }),
      ],
    ],
    ['an event of another connection', undefined, [renewal(1, '2026-09-14T00:00:00.000Z', 'conn_2')]],
  ])('is unknown with %s', (_what, text, events) => {
    expect(certificateHealth(connection(text), events, NOW)).toEqual({ status: 'unknown' });
  });
});
