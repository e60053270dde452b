import { expect, it } from 'vitest';
import { describeReport } from '../../../src/audit/verify/describe.ts';
import { verifyPath } from '../../../src/audit/verify/verify.ts';
import { chainOf, home, note, session, start } from './signed-chains.ts';
import { forge } from './support.ts';

it('one record is no records', () => {
  const textOf = (lines: ReturnType<typeof chainOf>) =>
    describeReport(verifyPath(forge(home, lines))).join('\n');
  expect(textOf(chainOf(start(session)))).toMatch(/ {2}1 record\n[^]*\nintact: 1 chain, 1 record$/u);
  expect(textOf(chainOf(start(session), note(session)))).toMatch(/\nintact: 1 chain, 2 records$/u);
});
