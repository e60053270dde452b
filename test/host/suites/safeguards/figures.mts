// Usage and incidents, as a person follows them in a window.
import assert from 'node:assert/strict';
import { runCli } from '../../harness/cli.mts';
import { callTool, connectCopied } from '../../harness/mcp-client.mts';
import { until } from '../../harness/tests.mts';
import { organization } from '../commands/bench.mts';
import { type Bench, set } from './bench.mts';

const TOOL = 'get_organization_details';
const SCHEME = 'workos-figures';

export async function showsFigures(bench: Bench, secret: string): Promise<void> {
  await followsCalls(bench, secret);
  await saysWhatIsWrong(bench);
}

const figures = ({ workbench }: Bench) =>
  workbench.host(
    ({ vscode }, scheme) =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === scheme)?.getText() ?? '',
    SCHEME,
  );

const shows = (bench: Bench, what: RegExp) =>
  until(`figures with ${what}`, async () => what.test(await figures(bench)));

async function followsCalls(bench: Bench, secret: string): Promise<void> {
  const { test, workbench, sandbox, session } = bench;
  const { id, name } = organization(sandbox.account, 'Acme Corp');
  await test('Show Usage and Incidents follows calls of agents, after redaction, while it is open', async () => {
    await workbench.runCommand('WorkOS: Show Usage and Incidents');
    await shows(bench, /^Requests +\d/mu);
    assert.doesNotMatch(await figures(bench), new RegExp(` ${TOOL} +host-test +ok `, 'u'));
    await using client = await connectCopied(workbench);
    assert.match(await callTool(client, TOOL, { organization: id }), new RegExp(name, 'u'));
    assert.match(await callTool(client, TOOL, { organization: 'Nobody' }), /NOT_FOUND/u);
    await shows(bench, new RegExp(`query +${TOOL} +host-test +ok .*iban 1 .*${name}`, 'u'));
    await shows(bench, new RegExp(`error +\\d+ +${TOOL} +host-test +What was asked for does not exist`, 'u'));
    await shows(bench, /^Live sessions now: [1-9]/mu);
    await shows(bench, /^Tokens read +[1-9]/mu);
    assert.ok(!(await figures(bench)).includes(secret));
    await workbench.screenshot('figures');
  });
  await test('and counts what other programs of the same person do meanwhile', async () => {
    const rows = async () => (await figures(bench)).match(/^\(terminal\) +(\d+)/mu)?.[1];
    const before = Number((await rows()) ?? 0);
    await runCli(session.server, 'call', 'list_directories', '--sandbox');
    await until('the call of the command line', async () => Number(await rows()) === before + 1);
  });
}

async function saysWhatIsWrong(bench: Bench): Promise<void> {
  const { test, workbench } = bench;
  await test('prices that can not be used are said to be so, in a new window', async () => {
    await set(workbench, 'prices', 'free');
    await workbench.open();
    await workbench.runCommand('WorkOS: Show Usage and Incidents');
    await shows(bench, /^The setting workos\.prices is not used, since it has a fault at/mu);
    await set(workbench, 'prices', undefined);
  });
}
