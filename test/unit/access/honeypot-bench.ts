import { afterEach } from 'vitest';
import { type Decoys, keepDecoys } from '../../../src/access/decoys.ts';
import { createHoneypot } from '../../../src/access/honeypot.ts';
import { createKillSwitch, type KillSwitch, type Sighting } from '../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { freshPath } from '../../support/fresh-path.ts';
import { keepingLogger } from '../gateway/support.ts';

const open: KillSwitch[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

/** A honeypot with its kill switch in a state directory, as one process has them; to its clock a second passes between any two looks. */
export function startHoneypot(path = freshPath(), now = secondBySecond()) {
  const dir = openStateDir(path);
  const killSwitch = createKillSwitch(dir);
  open.push(killSwitch);
  const logger = keepingLogger();
  const sightings: Sighting[] = [];
  const lookout = createHoneypot({
    dir,
    killSwitch,
    logger,
    sighted: (sighting) => void sightings.push(sighting),
    now,
  });
  return {
    path,
    dir,
    killSwitch,
    logger,
    lookout,
    sightings,
    /** The decoys on the disk. */
    decoys: (): Decoys => keepDecoys(dir),
    isStopped: () => killSwitch.state().stopped,
  };
}

function secondBySecond(): () => number {
  let time = 0;
  return () => (time += 1_000);
}

/** How a text can be written so that it does not stand there as it is. */
export const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in a sentence': (text) => `Use ${text}, please.`,
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 after one byte': (text) => Buffer.from(`:${text}!`).toString('base64'),
  'base64 after two bytes': (text) => Buffer.from(`: ${text}??`).toString('base64'),
  'base64url in JSON': (text) => Buffer.from(JSON.stringify({ token: text })).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'URL-encoded': (text) => encodeURIComponent(`Bearer ${text}`),
  'percent signs': (text) => Buffer.from(text).toString('hex').replace(/../gu, '%$&'),
  'PERCENT SIGNS': (text) => Buffer.from(text).toString('hex').toUpperCase().replace(/../gu, '%$&'),
  'some signs in percent signs': (text) => mixed(text),
  'hex in percent signs': (text) => mixed(Buffer.from(text).toString('hex')),
  'escaped in JSON': (text) => Buffer.from(text).toString('hex').replace(/../gu, '\\u00$&'),
  'escaped percent signs': (text) => Buffer.from(text).toString('hex').replace(/../gu, '\\u0025$&'),
  backwards: (text) => Array.from(text).toReversed().join(''),
  'cut in the middle': (text) => text.slice(0, -8),
};

/** Every third sign percent-encoded. */
function mixed(text: string): string {
  return Array.from(text, (sign, place) =>
    place % 3 === 1 ? `%${sign.charCodeAt(0).toString(16)}` : sign,
  ).join('');
}
