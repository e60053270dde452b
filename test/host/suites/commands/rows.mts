// Commands of the rows: copy, reveal, ask, open elsewhere.
import assert from 'node:assert/strict';
import { until } from '../../harness/tests.mts';
import { type Bench, clipboard, organization } from './bench.mts';

const PROMPTS = [
  'investigate-unauthorized-access',
  'troubleshoot-sync-breakage',
  'pre-launch-governance-check',
  'client-onboarding',
];
const ORGANIZATIONS = 'Organizations';

export async function tryRows(bench: Bench): Promise<void> {
  await copies(bench);
  await reveals(bench);
  await leadsElsewhere(bench);
}

async function copies({ test, workbench, sandbox: { account } }: Bench): Promise<void> {
  const acme = organization(account, 'Acme Corp');
  await test('Copy ID and Copy Name copy what they say', async () => {
    const row = workbench.row(ORGANIZATIONS, 'Acme Corp');
    await workbench.chooseFromMenu(row, 'Copy ID');
    await clipboard(workbench, acme.id);
    await workbench.chooseFromMenu(row, 'Copy Name');
    await clipboard(workbench, 'Acme Corp');
  });
  await test('Copy TXT Record copies the record of a pending domain', async () => {
    const { domains } = organization(account, 'Global Tech');
    const { domain, verification_prefix, verification_token } = domains.find(
      ({ state }) => state === 'pending',
    )!;
    await workbench.expand(workbench.row(ORGANIZATIONS, 'Global Tech'));
    await workbench.expand(workbench.row(ORGANIZATIONS, /^Domains/u));
    await workbench.chooseFromMenu(
      workbench.row(ORGANIZATIONS, new RegExp(`^${domain}`, 'u')),
      'Copy TXT Record',
    );
    await workbench.notification(`Copied the TXT record of ${domain}`).waitFor();
    await clipboard(workbench, `${verification_prefix}.${domain} TXT "${verification_token}"`);
    await workbench.clearNotifications();
  });
}

async function reveals({ test, workbench }: Bench): Promise<void> {
  const selected = (view: string, name: string) =>
    until(`${name} to be selected`, async () => {
      const row = workbench.row(view, name).and(workbench.page.locator('[aria-selected=true]'));
      return (await row.count()) === 1;
    });
  await test('Reveal leads from an organization to its connection, and back', async () => {
    await workbench.execute('workbench.actions.treeView.workos.connections.collapseAll');
    await workbench.expand(workbench.row(ORGANIZATIONS, /^SSO Connections/u));
    const row = workbench.row(ORGANIZATIONS, 'JumpCloud SAML');
    await workbench.chooseFromMenu(row, 'Reveal in Its Own View');
    await selected('SSO Connections', 'JumpCloud SAML');
    await workbench.execute('workbench.actions.treeView.workos.organizations.collapseAll');
    await workbench.chooseFromMenu(workbench.row('Directories', 'Stark Workday'), 'Reveal Organization');
    await selected(ORGANIZATIONS, 'Stark Industries');
  });
}

async function leadsElsewhere({ test, workbench, sandbox: { account } }: Bench): Promise<void> {
  const umbra = workbench.row(ORGANIZATIONS, 'Umbra Health');
  await test('Open in Dashboard says that the sample account has none', async () => {
    await workbench.chooseFromMenu(umbra, 'Open in Dashboard');
    await workbench.notification('has no dashboard').waitFor();
    await workbench.clearNotifications();
  });
  await test('Ask Copilot begins a question in the chat, and does not send it', async () => {
    await workbench.chooseFromMenu(umbra, 'Ask Copilot About This');
    const input = workbench.page.locator('.interactive-input-part .view-lines');
    const { id } = organization(account, 'Umbra Health');
    // The box wraps its lines anywhere.
    const plain = (text: string) => text.replaceAll(/\s+/gu, '');
    const begun = plain(`About the WorkOS organization "Umbra Health" (${id}):`);
    const written = async () => plain(await input.innerText());
    await until('the question', async () => (await written()).includes(begun));
    assert.equal(await workbench.page.locator('.interactive-request').count(), 0);
    await workbench.screenshot('question');
  });
  await test('the chat offers the WorkOS agent and the questions that begin with workos', async () => {
    const { page } = workbench;
    await page.locator('.interactive-input-part .view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('/workos');
    const offered = page.locator('.suggest-widget .monaco-list-row');
    for (const prompt of PROMPTS) await offered.filter({ hasText: `/workos-${prompt}` }).waitFor();
    await workbench.screenshot('prompts');
    await page.keyboard.press('Escape');
    await page.locator('.interactive-input-part').getByText('Agent', { exact: true }).click();
    await page.locator('.action-widget').getByText('WorkOS', { exact: true }).waitFor();
    await workbench.screenshot('agents');
    await page.keyboard.press('Escape');
    await workbench.execute('workbench.action.closeAuxiliaryBar');
  });
}
