import { randomBytes } from 'node:crypto';
import { NO_HASH } from '../../../src/audit/format.ts';
import { publishKey } from '../../../src/audit/key-files.ts';
import { type MasterKey, masterKeyFrom } from '../../../src/audit/master-key.ts';
import { type Draft, type Place, seal } from '../../../src/audit/seal.ts';
import { newSessionKey, type SigningKey } from '../../../src/audit/session-key.ts';
import { newHome } from './support.ts';

const HOUR = 3_600_000;
export const CHAIN = '0b6f3b1e-7a53-4c0e-9d1f-2a4c6e8f0a1b';
export const START = new Date('2026-03-01T10:00:00.000Z');
export const at = (hours: number) => new Date(START.getTime() + hours * HOUR);
export const home = newHome();
export const master = masterKeyFrom(randomBytes(32), 'local-user');
export const stranger = masterKeyFrom(randomBytes(32), 'local-user');

publishKey(home, master);
export const session = newSessionKey(master, CHAIN, START, 24 * HOUR);

interface Step extends Draft {
  readonly key: SigningKey;
  readonly hours?: number;
}
export const note = (key: SigningKey, hours = 1): Step => ({
  kind: 'event',
  body: { name: 'kill.stopped' },
  key,
  hours,
});
export const start = (key: SigningKey): Step => ({
  kind: 'start',
  body: { certificate: { ...key.certificate } },
  key,
  hours: 0,
});
export const rotation = (key: SigningKey, hours = 1): Step => ({
  ...start(key),
  kind: 'key-rotation',
  hours,
});

/** A chain whose hashes are right, whoever signs. */
export function chainOf(...steps: Step[]): string[] {
  let place: Place = { chainId: CHAIN, seq: 0, prevHash: NO_HASH };
  return steps.map(({ key, hours = 1, ...draft }) => {
    const { record, line } = seal(draft, place, key, at(hours));
    place = { chainId: CHAIN, seq: record.seq + 1, prevHash: record.hash };
    return line.trimEnd();
  });
}
/** Whoever has the session key can sign another record, but not the ones after it. */
export function exchanged(): string[] {
  const [first, , third] = chainOf(start(session), note(session), note(session));
  const { hash: prevHash } = JSON.parse(first!);
  const other = seal(note(session), { chainId: CHAIN, seq: 1, prevHash }, session, at(2));
  return [first!, other.line.trimEnd(), third!];
}
export const under = (issuer: MasterKey, chain = CHAIN, from = START, lasts = 24 * HOUR) =>
  newSessionKey(issuer, chain, from, lasts);
/** The session key's certificate, signed by nobody it says. */
export const recertified = (change: object): SigningKey => ({
  ...session,
  certificate: { ...session.certificate, ...change },
});

/** The first of these lines, or of a chain of its own, as a checkpoint. */
export function checkpointOf(key: SigningKey, [line]: readonly string[] = chainOf(start(key))): string {
  const { certificate } = key;
  return JSON.stringify({
    v: 1,
    type: 'workos-mcp-audit-checkpoint',
    certificate,
    record: JSON.parse(line!),
  });
}
