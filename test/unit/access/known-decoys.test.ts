import { expect, it } from 'vitest';
import { freshPath } from '../../support/fresh-path.ts';
import { startHoneypot } from './honeypot-bench.ts';

it('a honeypot looks at the file now and then only, but before any alarm: a resume may have brought other decoys', () => {
  let time = 0;
  const { lookout, decoys, killSwitch, path, isStopped } = startHoneypot(freshPath(), () => time);
  const before = lookout.decoyKey();
  expect(lookout.look('nothing', 'a test')).toBeUndefined();
  const other = startHoneypot(path);
  other.lookout.look(before, 'another process');
  other.killSwitch.resume();
  const { key } = decoys();
  expect(lookout.look(key.text, 'a test')).toBeUndefined();
  expect(lookout.look(before, 'a test')).toBeUndefined();
  expect(isStopped()).toBe(false);
  expect(lookout.look(key.text, 'a test')).toMatchObject({ code: 'STOPPED' });
  killSwitch.resume();
  const { token } = decoys();
  time += 250;
  expect(lookout.look(token.text, 'a test')).toMatchObject({ code: 'STOPPED' });
});
