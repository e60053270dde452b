import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { auditGate, judge } from '../../../../scripts/release/audit-gate.mts';

const ID = 'GHSA-abcd-ef12-3456';
const TODAY = new Date('2026-06-15T12:00:00Z');
const kept = { advisory: ID, reason: 'Not reached from here.', expires: '2026-06-16' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A registry that answers the one question npm asks for an audit. */
async function registry(status: number, severity = 'high'): Promise<string> {
  const advisory = {
    id: 1,
    url: `https://example.com/advisories/${ID}`,
    title: 'It falls over',
    severity,
    vulnerable_versions: '*',
    cwe: [],
    cvss: { score: 9, vectorString: null },
  };
  const server = createServer((request, response) => {
    request.resume();
    const asked = request.method === 'POST' && request.url?.endsWith('/advisories/bulk') === true;
    response.writeHead(asked ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(asked ? { zod: [advisory] } : {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What the gate says of this project, with these exceptions. */
function gate(url: string, exceptions: unknown = []) {
  const file = join(folder, 'exceptions.json');
  writeFileSync(file, JSON.stringify(exceptions));
  // What npm keeps of advisories stays out of the cache of this machine.
  return auditGate(TODAY, { npmArgs: ['--registry', url, '--cache', join(folder, 'cache')], file });
}

describe('npm audit', () => {
  it.each(['high', 'critical'])('stops at an advisory of %s severity', async (severity) => {
    const { problems, asked } = await gate(await registry(200, severity));
    expect(problems).toEqual([`${ID} (${severity}) in zod: It falls over`]);
    expect(asked).toBe(true);
  });

  it('lets a lesser one through', async () => {
    expect((await gate(await registry(200, 'moderate'))).problems).toEqual([]);
  });

  it('lets one through that is excepted, and says so', async () => {
    expect(await gate(await registry(200), [kept])).toEqual({
      problems: [],
      notes: [`${ID} in zod is excepted`],
      asked: true,
    });
  });

  it.each([405, 500])('lets nothing through when the registry answers %i', async (status) => {
    const { problems, asked } = await gate(await registry(status));
    expect(problems).toEqual([expect.stringContaining('nothing was checked')]);
    expect(asked).toBe(false);
  });

  it('lets nothing through when nobody is there', async () => {
    expect((await gate('http://127.0.0.1:9/')).asked).toBe(false);
  });
});

describe('an exception', () => {
  const report = { vulnerabilities: {}, metadata: { dependencies: { total: 9 } } };

  it('that has expired is a problem from that day on, needed or not', () => {
    expect(judge(report, [kept], new Date('2026-06-15T23:59:59Z')).problems).toEqual([]);
    expect(judge(report, [kept], new Date('2026-06-16T00:00:00Z')).problems).toEqual([
      `The exception for ${ID} expired on 2026-06-16: Not reached from here.`,
    ]);
  });

  it('that is not needed any more is told', () => {
    expect(judge(report, [kept], TODAY).notes).toEqual([
      `The exception for ${ID} is not needed any more: remove it.`,
    ]);
  });

  it.each([
    ['without a reason', { ...kept, reason: ' ' }],
    ['without an end', { advisory: ID, reason: 'x' }],
    ['until a day there is not', { ...kept, expires: '2026-13-01' }],
    ['for everything', { ...kept, advisory: '*' }],
  ])('%s is a problem', (_what, exception) => {
    expect(judge(report, [exception], TODAY).problems).toHaveLength(1);
  });
});

it('a report on nothing is no report', () => {
  for (const report of [undefined, {}, { vulnerabilities: {}, metadata: { dependencies: { total: 0 } } }])
    expect(judge(report, [], TODAY)).toMatchObject({ asked: false, problems: [expect.any(String)] });
});
