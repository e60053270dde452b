import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Cli, runCli, startCli } from '../support/cli.ts';
import { secondVerify } from '../support/second-verifier.mjs';
import { seeded } from '../unit/gateway/support.ts';

const CALLS = 200;
const MOST_PER_PROCESS = 40;
const audit = () => join(process.env['WORKOS_MCP_HOME']!, 'audit');
const send = (cli: Cli, message: object) =>
  cli.process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** Starts a server, makes calls all at once, and kills it when so many are answered. */
async function killedAfter(answers: number, calls: number): Promise<void> {
  const cli = startCli(['stdio', '--sandbox']);
  const clientInfo = { name: 'killer', version: '1' };
  send(cli, {
    id: 'start',
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
  });
  await cli.waitFor('stdout', /"id":"start"/u);
  send(cli, { method: 'notifications/initialized' });
  for (let id = 0; id < calls; id += 1) {
    // Every fifth one changes the account.
    const name = id % 5 === 0 ? 'create_workos_organization' : 'list_workos_organizations';
    const args = id % 5 === 0 ? { name: `Killed ${answers} ${id}` } : { limit: 1 };
    send(cli, { id, method: 'tools/call', params: { name, arguments: args } });
  }
  // The first line is the answer to the start.
  const seen = () => cli.stdout().split('\n').length - 2;
  while (seen() < answers) await once(cli.process.stdout, 'data');
  const { signal } = await cli.stop('SIGKILL');
  expect(signal).toBe('SIGKILL');
}

it('a process that is killed at any moment leaves a chain that verifies, and no outcome without its intent', async () => {
  const random = seeded(20_260_301);
  let made = 0;
  let rounds = 0;
  while (made < CALLS) {
    const calls = Math.min(CALLS - made, 1 + Math.floor(random() * MOST_PER_PROCESS));
    await killedAfter(Math.floor(random() * calls), calls);
    made += calls;
    rounds += 1;
    const { code, stdout } = await runCli(['audit', 'verify', '--json']);
    expect({ rounds, code, report: code === 0 ? '' : stdout }).toEqual({ rounds, code: 0, report: '' });
    expect(secondVerify(audit())).toEqual({ status: 0, problems: [] });
  }
  const files = readdirSync(audit()).filter((name) => name.endsWith('.jsonl'));
  expect(files).toHaveLength(rounds);
  const counts = { intent: 0, outcome: 0 };
  for (const file of files) {
    const records: { kind: string; seq: number; body: { intent: number } }[] = readFileSync(
      join(audit(), file),
      'utf8',
    )
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const intents = records.filter(({ kind }) => kind === 'intent').map(({ seq }) => seq);
    const outcomes = records.filter(({ kind }) => kind === 'outcome');
    expect(new Set(outcomes.map(({ body }) => body.intent)).size).toBe(outcomes.length);
    expect(outcomes.filter(({ body, seq }) => !intents.includes(body.intent) || body.intent > seq)).toEqual(
      [],
    );
    counts.intent += intents.length;
    counts.outcome += outcomes.length;
  }
  expect(counts.outcome).toBeGreaterThan(0);
  expect(counts.intent, 'some calls were running when their process was killed').toBeGreaterThan(
    counts.outcome,
  );
}, 180_000);
