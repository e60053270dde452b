import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { guardedLookup, mayReach } from '../../../src/egress/guard.ts';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits } from '../../../src/egress/limits.ts';
import { machineWith } from './machine.ts';
import { requestTo, SILENT } from './support.ts';

const LOOPBACK = [
  '127.0.0.1',
  '127.8.8.8',
  '0x7f000001',
  '2130706433',
  '0177.0.0.1',
  '127.1',
  '::1',
  '::ffff:127.0.0.1',
];
const INSIDE = [
  '0.0.0.0',
  '10.0.0.1',
  '100.100.100.200',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '4000::1',
];
const NONSENSE = ['', 'localhost', 'api.workos.com', '1.2.3.4.5', '[::1]', '::1]', '999.1.1.1'];

describe('an address', () => {
  it.each(['93.184.216.34', '1.1.1.1', '::ffff:93.184.216.34', '2606:4700::1', '2a00:1450::1'])(
    'of the public internet may be reached: %s',
    (address) => expect(mayReach(address, 'public')).toBe(true),
  );

  it.each([...LOOPBACK, ...INSIDE, ...NONSENSE, undefined])('that is not public may not: %s', (address) => {
    expect(mayReach(address, 'public')).toBe(false);
  });

  it.each(LOOPBACK)('of this machine may be reached where loopback is meant: %s', (address) => {
    expect(mayReach(address, 'loopback')).toBe(true);
  });

  it.each(['93.184.216.34', '2606:4700::1', ...INSIDE, ...NONSENSE, undefined])(
    'elsewhere may not be reached where loopback is meant: %s',
    (address) => expect(mayReach(address, 'loopback')).toBe(false),
  );
});

it('a name with one address out of reach among good ones is not connected to', async () => {
  const lookup = guardedLookup('public', (_name, _options, done) =>
    done(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]),
  );
  const answer = await new Promise<unknown>((resolve) => lookup('a.example', {}, (error) => resolve(error)));
  expect(answer).toMatchObject({ error: { code: 'NETWORK' } });
});

/** A server of this machine that counts who comes, and what they say. */
async function startWitness() {
  const heard = { connections: 0, bytes: 0 };
  const server = createServer((socket) => {
    heard.connections += 1;
    socket.on('data', (chunk) => (heard.bytes += chunk.length));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { heard, port: (server.address() as AddressInfo).port };
}

async function refusal(baseUrl: string, resolve?: (name: string) => { address: string; family: number }[]) {
  const machine = machineWith({ ...(resolve && { resolve }) });
  const http = createHttp(
    { baseUrl, apiKey: 'sk_test_x', logger: SILENT },
    { machine, limits: createLimits() },
  );
  const { origin } = new URL(baseUrl);
  return http.api(requestTo(`${origin}/organizations`)).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a server of this machine hears nothing', () => {
  it.each(['[::ffff:127.0.0.1]', '127.0.0.2', '0.0.0.0'])(
    'when its address stands in for the API: %s',
    async (host) => {
      const { heard, port } = await startWitness();
      expect(await refusal(`https://${host}:${port}`)).toMatchObject({
        code: 'NETWORK',
        message: expect.stringContaining('not one of the public internet') as string,
      });
      expect(heard).toEqual({ connections: 0, bytes: 0 });
    },
  );

  it.each(['localhost.', 'api.workos.test'])('when a name leads to it: %s', async (name) => {
    const { heard, port } = await startWitness();
    const error = await refusal(`https://${name}:${port}`, () => [{ address: '127.0.0.1', family: 4 }]);
    expect(error).toMatchObject({ code: 'NETWORK', message: expect.stringContaining(name) as string });
    expect(heard).toEqual({ connections: 0, bytes: 0 });
  });

  it('when a name is bound anew between the look and the connection: not a byte', async () => {
    const { heard, port } = await startWitness();
    let looks = 0;
    const rebinding = () => [
      {
        family: 4,
        get address() {
          looks += 1;
          return looks === 1 ? '93.184.216.34' : '127.0.0.1';
        },
      },
    ];
    expect(await refusal(`https://api.workos.test:${port}`, rebinding)).toMatchObject({ code: 'NETWORK' });
    expect(looks).toBeGreaterThan(1);
    await expect.poll(() => heard.connections).toBe(1);
    expect(heard.bytes).toBe(0);
  });

  it('and the name of this machine does not lead elsewhere', async () => {
    for (const scheme of ['http', 'https']) {
      const error = await refusal(`${scheme}://localhost:4000`, () => [
        { address: '93.184.216.34', family: 4 },
      ]);
      expect(error).toMatchObject({
        code: 'NETWORK',
        message: expect.stringContaining('localhost is not one of this machine') as string,
      });
    }
  });

  it('and a plain http origin elsewhere is no way out at all', async () => {
    expect(await refusal('http://api.workos.test')).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('Only https') as string,
    });
  });
});
