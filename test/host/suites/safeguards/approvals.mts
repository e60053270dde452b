// Changes of agents wait for the person's yes, in whichever program the agent is served.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CLI, cliEnv } from '../../harness/cli.mts';
import { callTool, connectCopied } from '../../harness/mcp-client.mts';
import { type Bench, set } from './bench.mts';

const CREATE = 'create_workos_organization';
/** Text that would read otherwise than it is. */
const WANTED = { name: 'Initech', domains: ['initech.example'], metadata: { note: 'a\u202Eb](command:x)' } };

export async function approvesChanges(bench: Bench): Promise<void> {
  await set(bench.workbench, 'approvals', 'always');
  await approves(bench);
  await denies(bench);
  await servesOthers(bench);
}

async function approves({ test, workbench, sandbox }: Bench): Promise<void> {
  const posts = () => sandbox.requests.count(({ method }) => method === 'POST');
  await test('a change waits for a yes to exactly its arguments, which holds once', async () => {
    await using client = await connectCopied(workbench);
    const before = posts();
    assert.match(await callTool(client, CREATE, WANTED), /APPROVAL_REQUIRED/u);
    const asked = workbench.notification('An agent wants to change Sample account (sandbox)');
    await asked.waitFor();
    await workbench.press(asked, 'Review');
    const dialog = workbench.dialog.filter({
      hasText: 'Allow the agent to change Sample account (sandbox)?',
    });
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const part of [CREATE, 'host-test', '"Initech"', 'initech.example', 'a\\u{202e}b\\u{5d}(command:x)'])
      assert.ok(text.includes(part), `${part} in: ${text}`);
    assert.ok(!text.includes('\u202E'));
    await workbench.screenshot('approval');
    assert.equal(posts(), before);
    await workbench.press(workbench.dialog, 'Approve');
    await workbench.notification('Approved').waitFor();
    const other = { ...WANTED, name: 'Initrode' };
    assert.match(await callTool(client, CREATE, other), /APPROVAL_REQUIRED/u);
    assert.equal(posts(), before);
    assert.match(await callTool(client, CREATE, WANTED), /"created"|org_/u);
    assert.equal(posts(), before + 1);
    assert.match(await callTool(client, CREATE, { ...WANTED }), /APPROVAL_REQUIRED|CONFLICT/u);
    assert.equal(posts(), before + 1);
    await workbench.clearNotifications();
  });
}

async function denies({ test, workbench }: Bench): Promise<void> {
  await test('a no is an answer, and several questions are a list', async () => {
    await using client = await connectCopied(workbench);
    const wanted = { name: 'Hooli', domains: ['hooli.example'] };
    assert.match(await callTool(client, CREATE, wanted), /APPROVAL_REQUIRED/u);
    await workbench.notification('An agent wants to change').first().waitFor();
    await workbench.clearNotifications();
    await workbench.runCommand('WorkOS: Review Approvals');
    await workbench.pick(/Hooli/u);
    await workbench.dialog.filter({ hasText: 'hooli.example' }).waitFor();
    await workbench.press(workbench.dialog, 'Deny');
    await workbench.notification('Denied').waitFor();
    assert.match(await callTool(client, CREATE, wanted), /DECLINED/u);
    await workbench.clearNotifications();
  });
}

async function servesOthers({ test, workbench, session: { server } }: Bench): Promise<void> {
  await test('a change that a program in a terminal serves is asked about here', async () => {
    const client = new Client({ name: 'in-a-terminal', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [CLI, 'stdio', '--sandbox', '--approvals', 'always'],
        env: cliEnv(server),
        stderr: 'ignore',
      }),
    );
    try {
      const wanted = { name: 'Piedpiper', domains: ['piedpiper.example'] };
      assert.match(await callTool(client, CREATE, wanted), /APPROVAL_REQUIRED/u);
      const asked = workbench.notification('in-a-terminal asks for');
      await asked.waitFor();
      await workbench.press(asked, 'Review');
      await workbench.dialog.filter({ hasText: 'Piedpiper' }).waitFor();
      await workbench.press(workbench.dialog, 'Approve');
      await workbench.notification('Approved').waitFor();
      assert.match(await callTool(client, CREATE, wanted), /org_/u);
    } finally {
      await client.close();
    }
  });
}
