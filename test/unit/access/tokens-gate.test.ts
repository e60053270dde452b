import { chmodSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findToken, readTokens } from '../../../src/access/token-file.ts';
import { startTokens, wordFor } from './tokens-bench.ts';

type Bench = ReturnType<typeof startTokens>;

describe('the gate', () => {
  it('accepts what was issued, by another process, too, and nothing else', async () => {
    const bench = startTokens();
    const { gate } = bench.gate();
    expect(wordFor(gate, 'wmcp_early')).toBe('unknown');
    const { token, info } = await bench.issue('Cursor', { tools: ['list_directories'] });
    expect(gate.present(token)).toEqual({
      grant: { id: info.id, name: 'Cursor', scope: { tools: ['list_directories'], readOnly: false } },
    });
    const hash = readTokens(bench.dir)[0]!.hash;
    for (const other of ['', token.slice(0, -1), `${token}x`, token.toLowerCase(), hash, info.id, 'Cursor'])
      expect(wordFor(gate, other)).toBe('unknown');
  });

  it.each<[string, (bench: Bench) => unknown]>([
    ['disabled', ({ tokens }) => tokens.disable('A')],
    ['revoked', ({ tokens }) => tokens.revoke('A')],
    ['expired', ({ clock }) => (clock.now += 60_000)],
    ['revoked', ({ killSwitch }) => killSwitch.kill('test')],
  ])('says at once that a token is %s', async (word, end) => {
    const bench = startTokens();
    const { gate } = bench.gate();
    const { token } = await bench.issue('A', { lifetimeMs: 60_000 });
    const presented = gate.present(token)!;
    if (!('grant' in presented)) throw new Error('The token was not accepted.');
    expect(gate.holds(presented.grant)).toBe(true);
    await end(bench);
    expect(wordFor(gate, token)).toBe(word);
    expect(gate.holds(presented.grant)).toBe(false);
  });

  it('accepts a token again that was enabled again', async () => {
    const { gate: open, issue, tokens } = startTokens();
    const { gate } = open();
    const { token } = await issue('A');
    await tokens.disable('A');
    expect(wordFor(gate, token)).toBe('disabled');
    await tokens.enable('A');
    expect(wordFor(gate, token)).toBe('accepted');
  });

  it('looks at every stored hash, whichever one fits and whether it counts', async () => {
    const { dir, issue, tokens } = startTokens();
    const issued = [await issue('A'), await issue('B'), await issue('C')];
    await tokens.revoke('B');
    const entries = readTokens(dir);
    for (const token of [...issued.map((each) => each.token), 'wmcp_wrong']) {
      const compared: string[] = [];
      const found = findToken(entries, token, (sent, kept) => {
        compared.push(kept.toString('hex'));
        return timingSafeEqual(sent, kept);
      });
      expect(compared).toEqual(entries.map(({ hash }) => hash));
      expect(found?.id).toBe(issued.find((each) => each.token === token)?.info.id);
    }
  });
});

describe('the end of a token is told', () => {
  it.each<[string, (bench: Bench) => unknown]>([
    ['when it is disabled', ({ tokens }) => tokens.disable('A')],
    ['when it is revoked', ({ tokens }) => tokens.revoke('A')],
    ['when a stop is lifted', ({ killSwitch }) => killSwitch.kill('test') && killSwitch.resume()],
    [
      'when it is to hold for something else',
      ({ text, write }) => write(text().replace('"read_only":false', '"read_only":true')),
    ],
    ['when the file can not be understood any more', ({ write }) => write('{')],
  ])('%s, without a request', async (_when, end) => {
    const bench = startTokens();
    const { info } = await bench.issue('A');
    const { ended } = bench.gate();
    await end(bench);
    await expect.poll(() => ended, { timeout: 10_000 }).toEqual([info.id]);
  });

  it('when it expires, without a request', async () => {
    const bench = startTokens();
    const { gate, ended } = bench.gate(Date.now);
    bench.clock.now = Date.now();
    const { info, token } = await bench.issue('A', { lifetimeMs: 2_000 });
    gate.present(token);
    await expect.poll(() => ended, { timeout: 10_000 }).toEqual([info.id]);
    expect(wordFor(gate, token)).toBe('expired');
  });

  it('not while everything is stopped: that ends what is open in its own way', async () => {
    const bench = startTokens();
    const { token, info } = await bench.issue('A', { lifetimeMs: 1_000 });
    const { gate, ended } = bench.gate();
    bench.killSwitch.kill('test');
    expect(wordFor(gate, token)).toBe('revoked');
    expect(ended).toEqual([]);
    bench.killSwitch.resume();
    expect(wordFor(gate, token)).toBe('revoked');
    expect(ended).toEqual([info.id]);
  });

  it('of no other token', async () => {
    const bench = startTokens();
    const { token } = await bench.issue('A');
    const { gate, ended } = bench.gate();
    const { info } = await bench.issue('B');
    gate.present(token);
    await bench.tokens.rename('A', 'C');
    await bench.tokens.revoke('B');
    await expect.poll(() => ended, { timeout: 10_000 }).toEqual([info.id]);
    expect(wordFor(gate, token)).toBe('accepted');
  });
});

describe('without a readable file', () => {
  it.each([
    ['no JSON', '{'],
    ['empty', ''],
    ['another form', '{"tokens":[]}'],
    ['a field this build does not know', undefined],
  ])('(%s) no token is accepted, and the log says why once', async (_what, broken) => {
    const bench = startTokens();
    const { token } = await bench.issue('A');
    const good = bench.text();
    bench.write(broken ?? good.replace('"read_only"', '"only_at_night":true,"read_only"'));
    const { gate, logger } = bench.gate();
    expect(wordFor(gate, token)).toBe('unknown');
    expect(wordFor(gate, token)).toBe('unknown');
    expect(logger.lines).toEqual([
      expect.stringMatching(
        /^error no connection token is accepted: .*tokens\.json does not hold what it should\.$/,
      ),
    ]);
    expect(logger.lines.join()).not.toContain(token);
    bench.write(good);
    expect(wordFor(gate, token)).toBe('accepted');
  });

  it('(others could write to it) no token is accepted', async () => {
    const bench = startTokens();
    const { token } = await bench.issue('A');
    const { gate, logger } = bench.gate();
    chmodSync(bench.dir.path, 0o777);
    expect(wordFor(gate, token)).toBe('unknown');
    expect(logger.lines.join()).toContain('Other users can write to the state directory');
    chmodSync(bench.dir.path, 0o700);
    expect(wordFor(gate, token)).toBe('accepted');
  });
});
