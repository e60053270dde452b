// The extension as a person meets it: from the empty window to a new organization, on the built-in sample account.
import assert from 'node:assert/strict';
import { startSession } from '../harness/session.mts';
import type { Suite, SuiteContext } from '../harness/suite.mts';
import { until } from '../harness/tests.mts';
import type { Workbench } from '../harness/workbench.mts';

type Test = SuiteContext['test'];

export const suite: Suite = {
  timeoutMs: 240_000,
  run: async (context) => {
    await using session = await startSession(context, { vsix: [await context.product()] });
    const { workbench } = session;
    // Tall enough for every row: those below the fold are not there.
    await workbench.page.setViewportSize({ width: 1400, height: 1300 });
    await arrives(context.test, workbench);
    await browses(context.test, workbench);
    await searches(context.test, workbench);
    await readsDetails(context.test, workbench);
    await creates(context.test, workbench);
  },
};

/** The text of the document in front. */
function documentText(workbench: Workbench): Promise<string> {
  return workbench.host(({ vscode }) => vscode.window.activeTextEditor?.document.getText() ?? '');
}

async function arrives(test: Test, workbench: Workbench): Promise<void> {
  await test('the welcome view leads to the sample account', async () => {
    await workbench.openViews('WorkOS');
    const welcome = workbench.view('Organizations').locator('.welcome-view');
    await welcome.waitFor();
    await workbench.screenshots('welcome');
    await workbench.press(welcome, 'Explore Sample Account');
    await workbench.row('Organizations', 'Acme Corp').waitFor();
    assert.equal(await workbench.view('Organizations').getByRole('treeitem', { level: 1 }).count(), 5);
    await workbench.statusBarItem('Sample account').waitFor();
  });
}

async function browses(test: Test, workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await test('an organization opens to its domains, connections, directories and events', async () => {
    await workbench.expand(workbench.row('Organizations', 'Acme Corp'));
    await workbench.expand(workbench.row('Organizations', /^Domains/u));
    await workbench.row('Organizations', /^acme\.io/u).waitFor();
    await workbench.expand(workbench.row('Organizations', /^SSO Connections/u));
    await workbench.row('Organizations', 'Okta SAML').waitFor();
    await workbench.expand(workbench.row('Organizations', /^Directories/u));
    await workbench.row('Organizations', 'Acme Okta Directory').waitFor();
    await workbench.expand(workbench.row('Organizations', /^Recent Security Events/u));
    await workbench.screenshots('organization');
    await workbench.execute('workbench.actions.treeView.workos.organizations.collapseAll');
  });
  await test('connections are grouped by organization or by state', async () => {
    const view = workbench.view('SSO Connections');
    await workbench.row('SSO Connections', /^Stark Industries/u).waitFor();
    await view.hover();
    await view.getByRole('button', { name: 'Group by State' }).click();
    await workbench.row('SSO Connections', /^Active/u).waitFor();
    await workbench.screenshots('connections-by-state');
    await view.getByRole('button', { name: 'Group by Organization' }).click();
    await workbench.row('SSO Connections', /^Stark Industries/u).waitFor();
  });
  await test('a directory opens to its groups, their members, and its users', async () => {
    await workbench.expand(workbench.row('Directories', 'Acme Okta Directory'));
    await workbench.expand(workbench.row('Directories', /^Groups/u));
    await workbench.expand(workbench.row('Directories', 'IT Admin Group'));
    await workbench
      .row('Directories', /, user,/u)
      .first()
      .waitFor();
    await workbench
      .row('Directories', /^Groups/u)
      .locator('.monaco-tl-twistie')
      .click();
    await workbench.expand(workbench.row('Directories', /^Users/u));
    await workbench.row('Directories', 'John Doe').first().waitFor();
    await workbench.screenshots('directory');
    await workbench.execute('workbench.actions.treeView.workos.directories.collapseAll');
  });
  await test('rows say their name, kind and state to a screen reader, and the keyboard reaches them', async () => {
    await workbench.execute('workos.organizations.focus');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const focused = page.locator('.part.sidebar [role=tree]:focus .monaco-list-row.focused');
    const label = (await focused.getAttribute('aria-label')) ?? '';
    assert.match(label, /organization/iu);
    await page.keyboard.press('ArrowRight');
    await until('it to expand', async () => (await focused.getAttribute('aria-expanded')) === 'true');
    await page.keyboard.press('ArrowLeft');
  });
}

async function searches(test: Test, workbench: Workbench): Promise<void> {
  await test('Find… searches the view it is chosen in, and Clear Find ends it', async () => {
    const view = workbench.view('Directories');
    await view.hover();
    await view.getByRole('button', { name: 'Find…' }).click();
    await workbench.enter('stark');
    await workbench.row('Directories', 'Stark Workday').waitFor();
    await workbench.row('Directories', 'Acme Okta Directory').waitFor({ state: 'detached' });
    assert.equal(await workbench.row('Organizations', 'Acme Corp').count(), 1);
    assert.match(await view.locator('.pane-header').innerText(), /stark/u);
    await workbench.screenshot('found');
    await view.hover();
    await view.getByRole('button', { name: 'Clear Find' }).click();
    await workbench.row('Directories', 'Acme Okta Directory').waitFor();
  });
}

async function readsDetails(test: Test, workbench: Workbench): Promise<void> {
  await test('details open from the menu, findings first', async () => {
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Umbra Health'), 'Open Details');
    await until('the document', async () => (await documentText(workbench)).includes('failed verification'));
    const text = await documentText(workbench);
    assert.match(text, /^# .*Umbra Health/u);
    assert.ok(text.indexOf('failed verification') < text.indexOf('```'), 'findings stand before the JSON');
    await workbench.screenshots('details');
  });
  await test('a vscode:// link opens the same document, and anything else is refused', async () => {
    const id = await workbench.host(
      ({ vscode }) => vscode.window.activeTextEditor?.document.getText().match(/org_\w+/u)?.[0],
    );
    await workbench.execute('workbench.action.closeAllEditors');
    await using stack = new AsyncDisposableStack();
    const visit = async (path: string) => {
      const address = await workbench.host(async ({ vscode }, target) => {
        const link = vscode.Uri.parse(`${vscode.env.uriScheme}://workos-mcp.workos-mcp/${target}`);
        return (await vscode.env.asExternalUri(link)).toString(true);
      }, path);
      const tab = await workbench.page.context().newPage();
      stack.defer(() => tab.close());
      await tab.goto(address);
    };
    await visit(`organization/${id}`);
    await until('the document', async () => (await documentText(workbench)).includes('Umbra Health'));
    await visit('organization/..%2F..%2Fsecrets');
    await workbench.notification('This link names no organization').waitFor();
  });
  await test('security events of an organization open as a document that can be filtered', async () => {
    await workbench.chooseFromMenu(workbench.row('Organizations', 'Acme Corp'), 'Security Events…');
    await workbench.pick('Last 30 days');
    await workbench.pick('merged by time');
    await until('the events', async () => (await documentText(workbench)).includes('Acme Corp'), {
      timeoutMs: 30_000,
    });
    await workbench.screenshots('events');
  });
}

async function creates(test: Test, workbench: Workbench): Promise<void> {
  await test('Create Organization asks, reviews, creates, and offers what comes next', async () => {
    await workbench.runCommand('WorkOS: Create Organization');
    await workbench.enter('Initech');
    const input = workbench.quickInput.locator('.quick-input-box input');
    await input.fill('not a domain');
    await workbench.screenshot('create-invalid');
    await workbench.enter('initech.example, initech.test');
    await workbench.pick('Pending');
    await workbench.pick('Continue');
    await workbench.quickInput.getByText('Create "Initech"').waitFor();
    await workbench.screenshots('create-review');
    await workbench.pick('Create "Initech"');
    const created = workbench.notification('Created Initech');
    await created.waitFor();
    await workbench.row('Organizations', 'Initech').waitFor();
    await workbench.screenshots('created');
    await workbench.press(created, 'Copy TXT Records');
    const copied = () => workbench.host(({ vscode }) => vscode.env.clipboard.readText());
    await until('the records', async () => (await copied()).includes('initech.example'));
    assert.match(await copied(), /TXT/u);
  });
}
