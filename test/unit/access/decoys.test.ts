import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHoneypot } from '../../../src/access/honeypot.ts';
import { keepDecoys, newDecoys, renewDecoys } from '../../../src/access/decoys.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { newSecret } from '../../../src/access/token-file.ts';
import { findSecrets, findWorkosKeys } from '../../../src/privacy/find-secrets.ts';
import { freshPath } from '../../support/fresh-path.ts';
import { keepingLogger } from '../gateway/support.ts';
import { startHoneypot } from './honeypot-bench.ts';
import { inProcess } from './support.ts';

const PROCESSES = 6;
const stateDir = () => openStateDir(freshPath());
const fileOf = (dir: { path: string }) => join(dir.path, 'mcp-client.json');

describe('decoys', () => {
  it('look like the real ones, and are others on each machine', () => {
    const [one, other] = [newDecoys(), newDecoys()];
    expect(one.token.text).toMatch(/^wmcp_[\w-]{43}$/u);
    expect(one.token.text).toHaveLength(newSecret().token.length);
    expect(one.key.text).toMatch(/^sk_live_[A-Za-z0-9]{76}$/u);
    // As WorkOS makes keys: an id and a secret, in base64.
    expect(Buffer.from(one.key.text.slice(8), 'base64').toString()).toMatch(
      /^key_01[0-9A-HJKMNP-TV-Z]{24},[A-Za-z0-9]{26}$/u,
    );
    expect(findWorkosKeys(one.key.text)).toHaveLength(1);
    expect(findSecrets(`Bearer ${one.token.text}`)).toHaveLength(1);
    const cores = [one.token, one.key, other.token, other.key].map(({ core }) => core);
    expect(new Set(cores).size).toBe(4);
    for (const { text, core } of [one.token, one.key]) {
      expect(text).toContain(core);
      expect(core).toMatch(/^[A-Za-z0-9]{24}$/u);
    }
  });

  it('stand in a file of this user that looks worth stealing: the token does, the key does not', () => {
    const dir = stateDir();
    const { token, key } = keepDecoys(dir);
    const text = readFileSync(fileOf(dir), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      mcpServers: { workos: { headers: { Authorization: `Bearer ${token.text}` } } },
    });
    expect(text).not.toContain(key.core);
    expect((statSync(fileOf(dir)).mode & 0o777).toString(8)).toBe('600');
    expect(keepDecoys(dir)).toEqual({ token, key });
  });

  it('are one pair, however many processes make them at once', async () => {
    const { path } = stateDir();
    const code = `console.log(access.keepDecoys(openStateDir(${JSON.stringify(path)})).key.text)`;
    const made = await Promise.all(Array.from({ length: PROCESSES }, () => inProcess('decoys.ts', code)));
    expect(new Set(made)).toEqual(new Set([`${keepDecoys(openStateDir(path)).key.text}\n`]));
  });

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['holds something else', (file: string) => writeFileSync(file, '{"mcpServers":{}}')],
  ])('that are known are put back when their file %s', (_what, harm) => {
    const dir = stateDir();
    const known = keepDecoys(dir);
    harm(fileOf(dir));
    expect(keepDecoys(dir, known)).toEqual(known);
    expect(keepDecoys(dir)).toEqual(known);
  });

  it('are others after they were renewed', () => {
    const dir = stateDir();
    const before = keepDecoys(dir);
    renewDecoys(dir);
    const after = keepDecoys(dir, before);
    expect(after.token.core).not.toBe(before.token.core);
    expect(after.key.core).not.toBe(before.key.core);
    expect((statSync(fileOf(dir)).mode & 0o777).toString(8)).toBe('600');
  });
});

it('does not tell in the log which file is the decoy', () => {
  const { path, dir, killSwitch } = startHoneypot();
  rmSync(join(path, 'mcp-client.json'));
  mkdirSync(join(path, 'mcp-client.json'));
  const logger = keepingLogger();
  const honeypot = createHoneypot({ dir, killSwitch, logger, sighted: () => undefined });
  honeypot.look('nothing', 'a test');
  expect(logger.lines).toEqual(['warn the decoy connection token could not be put on the disk (EISDIR).']);
});
