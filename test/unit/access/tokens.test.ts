import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokens } from '../../../src/access/tokens.ts';
import { startTokens } from './tokens-bench.ts';

describe('a new token', () => {
  it('has 256 random bits behind a prefix, and is kept as its hash only', async () => {
    const { issue, text } = startTokens();
    const { token, info } = await issue('Cursor');
    expect(token).toMatch(/^wmcp_[\w-]{43}$/);
    expect(Buffer.from(token.slice('wmcp_'.length), 'base64url')).toHaveLength(32);
    expect((await issue('Other')).token).not.toBe(token);
    expect(text()).not.toContain(token.slice(5, -4));
    expect(text()).toContain(createHash('sha256').update(token).digest('hex'));
    expect(info).toMatchObject({ name: 'Cursor', hint: token.slice(-4), status: 'active', requests: 0 });
  });

  it('keeps what it may do, and when it expires', async () => {
    const { issue, tokens, clock } = startTokens();
    await issue('Limited', { tools: ['list_directories'], readOnly: true, lifetimeMs: 60_000 });
    expect(tokens.list()).toMatchObject([
      {
        scope: { tools: ['list_directories'], readOnly: true },
        created: new Date(clock.now),
        expires: new Date(clock.now + 60_000),
      },
    ]);
  });

  it.each([
    ['', 'nothing'],
    ['  ', 'spaces'],
    ['x'.repeat(61), 'too long'],
    ['a\nb', 'two lines'],
    ['‮evil', 'hidden signs'],
    ['tok_123', 'like an id'],
    ['wmcp_123', 'like a token'],
    ['-x', 'like a flag'],
  ])('is not called %j: %s', async (name) => {
    const { issue, tokens } = startTokens();
    await expect(issue(name)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(tokens.list()).toEqual([]);
  });

  it('takes a name nobody has, which is free again after a revocation', async () => {
    const { issue, tokens } = startTokens();
    const first = await issue('Cursor');
    await expect(issue(' Cursor ')).rejects.toMatchObject({ code: 'CONFLICT' });
    await tokens.revoke('Cursor');
    const second = await issue('Cursor');
    await tokens.disable('Cursor');
    expect(tokens.list().map(({ id, status }) => [id, status])).toEqual([
      [first.info.id, 'revoked'],
      [second.info.id, 'disabled'],
    ]);
  });

  it('is not the 101st', async () => {
    const { issue, tokens, text, write } = startTokens();
    await issue('First');
    const [entry] = JSON.parse(text()) as object[];
    const many = Array.from({ length: 100 }, (_none, index) => ({
      ...entry,
      id: `tok_${index}`,
      name: `Number ${index}`,
    }));
    write(JSON.stringify(many));
    await expect(issue('Another')).rejects.toMatchObject({ code: 'CONFLICT' });
    await tokens.revoke('tok_7');
    await expect(issue('Another')).resolves.toHaveProperty('token');
  });
});

describe('a change', () => {
  it('is told of once it is made, and only if it is one', async () => {
    const { issue, tokens, events } = startTokens();
    const { id } = (await issue('A', { readOnly: true })).info;
    await tokens.rename('A', 'B');
    await tokens.rename(id, 'B');
    await tokens.disable('B');
    await tokens.disable('B');
    await tokens.enable(id);
    await tokens.revoke(id);
    await tokens.revoke('B');
    expect(events.map(({ kind, token }) => `${kind} ${token.name}`)).toEqual([
      'issued A',
      'renamed B',
      'disabled B',
      'enabled B',
      'revoked B',
    ]);
    expect(new Set(events.map(({ token }) => token.id))).toEqual(new Set([id]));
    expect(events[0]?.token.scope.readOnly).toBe(true);
  });

  it('stands, though whoever is told of it fails', async () => {
    const { dir } = startTokens();
    const failing = createTokens(dir, {
      onChange: () => {
        throw new Error('the listener failed');
      },
    });
    const warned = new Promise((resolve) => process.once('warning', resolve));
    const issued = failing.issue({ name: 'A', scope: { readOnly: false } });
    await expect(issued).resolves.toHaveProperty('token');
    expect(await warned).toMatchObject({ message: 'the listener failed' });
  });

  it.each(['rename', 'enable', 'disable', 'revoke'] as const)('%s needs a token there is', async (action) => {
    const { tokens } = startTokens();
    await expect(tokens[action]('nobody', 'New')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"nobody"'),
    });
  });

  it('does not repeat a token that was given in place of a name', async () => {
    const { issue, tokens } = startTokens();
    const { token } = await issue('A');
    const error = await tokens.revoke(token).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(JSON.stringify(error)).not.toContain(token);
  });

  it.each(['rename', 'enable', 'disable'] as const)('%s is too late after a revocation', async (action) => {
    const { issue, tokens } = startTokens();
    await issue('A');
    await tokens.revoke('A');
    await expect(tokens[action]('A', 'New')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(tokens.list()).toMatchObject([{ name: 'A', status: 'revoked' }]);
  });

  it('to the name of another is refused', async () => {
    const { issue, tokens } = startTokens();
    await issue('A');
    await issue('B');
    await expect(tokens.rename('A', 'B')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

it.each(['{', '[{"id":"tok_1"}]', '{}', '""', ''])(
  'a file that holds %j is left as it is, and said so',
  async (broken) => {
    const { tokens, issue, text, write } = startTokens();
    await issue('A');
    write(broken);
    expect(() => tokens.list()).toThrow('does not hold what it should');
    await expect(issue('B')).rejects.toThrow('does not hold what it should');
    expect(text()).toBe(broken);
  },
);

describe('the kill switch', () => {
  it('revokes every token for good, and none is issued until it is lifted', async () => {
    const { issue, tokens, killSwitch } = startTokens();
    await issue('Before');
    killSwitch.kill('test');
    expect(tokens.list()).toMatchObject([{ name: 'Before', status: 'revoked' }]);
    await expect(issue('Meanwhile')).rejects.toMatchObject({ code: 'STOPPED' });
    killSwitch.resume();
    await expect(tokens.enable('Before')).rejects.toMatchObject({ code: 'CONFLICT' });
    await issue('After');
    expect(tokens.list().map(({ name, status }) => [name, status])).toEqual([
      ['Before', 'revoked'],
      ['After', 'active'],
    ]);
    killSwitch.kill('test');
    killSwitch.resume();
    expect(new Set(tokens.list().map(({ status }) => status))).toEqual(new Set(['revoked']));
  });

  it('has revoked every token though its file is removed by hand', async () => {
    const { issue, tokens, killSwitch, dir } = startTokens();
    await issue('Before');
    killSwitch.kill('test');
    rmSync(join(dir.path, 'stopped.json'));
    expect(killSwitch.state()).toEqual({ stopped: false });
    await issue('After');
    const states = () => tokens.list().map(({ status }) => status);
    expect(states()).toEqual(['revoked', 'active']);
    killSwitch.kill('test');
    killSwitch.resume();
    expect(states()).toEqual(['revoked', 'revoked']);
    expect(existsSync(join(dir.path, 'last-stop.json'))).toBe(false);
  });
});
