import { expect, it } from 'vitest';
import { CursorRegistration } from '../../../../src/vscode/endpoint/cursor-registration.ts';

const SERVER = { url: 'http://127.0.0.1:1/mcp', headers: { Authorization: 'Bearer t' } };

/** Cursor's servers, and what is asked of them in which order. */
function open(start = async () => SERVER, broken?: 'register' | 'unregister') {
  const asked: string[] = [];
  const failures: string[] = [];
  const act = (what: 'register' | 'unregister') => async () => {
    asked.push(what);
    if (what === broken) throw new Error(`no ${what}`);
  };
  const registration = new CursorRegistration({
    servers: { register: act('register'), unregister: act('unregister') },
    name: 'WorkOS',
    start,
    failed: (error) => void failures.push(String(error)),
  });
  return { registration, asked, failures };
}

it('registers what was started, and a new one in its place', async () => {
  const { registration, asked } = open();
  await registration.register();
  await registration.register();
  registration.dispose();
  expect(asked).toEqual(['register', 'unregister', 'register', 'unregister']);
});

it('registers nothing that starts after it was disposed', async () => {
  const starting = Promise.withResolvers<typeof SERVER>();
  const { registration, asked, failures } = open(() => starting.promise);
  const registering = registration.register();
  registration.dispose();
  starting.resolve(SERVER);
  await registering;
  expect([asked, failures]).toEqual([[], []]);
});

it('leaves nothing behind when it is disposed while Cursor registers', async () => {
  const { registration, asked } = open();
  const registering = registration.register();
  await Promise.resolve();
  registration.dispose();
  await registering;
  expect(asked.at(-1)).toBe('unregister');
});

it.each([
  ['a start', () => Promise.reject(new Error('no port')), undefined, 'Error: no port'],
  ['a registration', async () => SERVER, 'register', 'Error: no register'],
] as const)('tells of %s that fails', async (_what, start, broken, failure) => {
  const { registration, failures } = open(start, broken);
  await registration.register();
  expect(failures).toEqual([failure]);
});

it('tells of an end that fails', async () => {
  const { registration, failures } = open(undefined, 'unregister');
  await registration.register();
  registration.dispose();
  await expect.poll(() => failures).toEqual(['Error: no unregister']);
});

it('takes the endpoint back while nothing is served, and tells of no failure then', async () => {
  let serves = true;
  const { registration, asked, failures } = open(async () => {
    if (!serves) throw new Error('Nothing may be served now.');
    return SERVER;
  });
  await registration.register();
  serves = false;
  registration.withdraw();
  registration.withdraw();
  expect(asked).toEqual(['register', 'unregister']);
  serves = true;
  await registration.register();
  expect([asked.slice(2), failures]).toEqual([['register'], []]);
});

it('registers nothing that starts after it was taken back', async () => {
  const starting = Promise.withResolvers<typeof SERVER>();
  const { registration, asked, failures } = open(() => starting.promise);
  const registering = registration.register();
  registration.withdraw();
  starting.reject(new Error('Nothing may be served now.'));
  await registering;
  expect([asked, failures]).toEqual([[], []]);
});
