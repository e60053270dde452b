import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditFiles, auditRecords, CALL, cliIn, copyOf, newFolder } from '../support/audit-files.ts';
import { startCli } from '../support/cli.ts';

let made: string;
beforeAll(async () => {
  made = newFolder();
  await cliIn(made, CALL);
});

describe('audit export', () => {
  it.each([
    ['jsonl', /^\{"body":.*"kind":"start"/u],
    ['ocsf', /"class_uid":6003/u],
    ['cef', /^CEF:0\|workos-mcp\|/u],
    ['csv', /^time,kind,operation,/u],
  ])('writes %s, and records that it did', async (format, pattern) => {
    const home = copyOf(made);
    const before = auditFiles(home).length;
    const { code, stdout, stderr } = await cliIn(home, [
      'audit',
      'export',
      '--format',
      format,
      '--since',
      '1d',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(pattern);
    expect(stdout).toContain('list_workos_organizations');
    expect(stdout).not.toContain('Acme');
    expect(auditFiles(home)).toHaveLength(before + 1);
    const exported = auditRecords(home).findLast(({ kind }) => kind === 'export');
    expect(exported?.body).toMatchObject({
      format,
      records: expect.any(Number),
      since: expect.stringMatching(/Z$/u),
    });
    expect((await cliIn(home, ['audit', 'verify'])).code).toBe(0);
  });
});

describe('a path', () => {
  it('may be a file: the same as of its directory is exported', async () => {
    const home = copyOf(made);
    const [file] = auditFiles(home);
    const text = readFileSync(file!, 'utf8');
    expect(await cliIn(home, ['audit', 'export', file!])).toMatchObject({
      code: 0,
      stdout: text,
      stderr: '',
    });
    const named = join(home, 'kept.txt');
    writeFileSync(named, text);
    expect(await cliIn(home, ['audit', 'export', named])).toMatchObject({ code: 0, stdout: text });
    expect(await cliIn(home, ['audit', 'export', named, '--since', '0m'])).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it('that is no audit file, in place of the directory, is refused', async () => {
    const home = newFolder();
    const audit = join(home, 'audit');
    writeFileSync(audit, 'not\na trail\n');
    for (const action of ['export', 'tail'])
      expect(await cliIn(home, ['audit', action])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: `workos-mcp: ${audit} is no audit file: no line of it is a record.\n`,
      });
    expect(await cliIn(home, ['audit', 'evidence', join(home, 'x.zip')])).toMatchObject({
      code: 1,
      stderr: `workos-mcp: ${audit} is no directory.\n`,
    });
  });

  it('that can not be read is told in our own words', async () => {
    const path = join(newFolder(), 'socket');
    const server = createServer().listen(path);
    await once(server, 'listening');
    for (const action of ['export', 'tail'])
      expect(await cliIn(made, ['audit', action, path])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^workos-mcp: \S+\/socket can't be read \(E[A-Z]+\)\.\n$/u),
      });
    server.close();
  });
});

describe('audit tail', () => {
  it('shows what comes, line by line', async () => {
    const tail = startCli(['audit', 'tail'], { env: { WORKOS_MCP_HOME: made } });
    await tail.waitFor('stdout', /stop\n/u);
    await cliIn(made, CALL);
    await tail.waitFor('stdout', /outcome {2}list_workos_organizations {2}ok {2}\d+ ms\n[^]*stop\n/u);
    expect((await tail.stop('SIGINT')).code).toBe(0);
  });

  it('of what is not there says so and ends, as verify does', async () => {
    for (const action of ['tail', 'verify']) {
      const { code, stdout, stderr } = await cliIn(made, ['audit', action, 'nope']);
      expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('There is nothing at nope')]);
    }
  });
});
