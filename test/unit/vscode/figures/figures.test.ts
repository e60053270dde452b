import { chmodSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKillSwitch, type KillSwitch } from '../../../../src/access/kill-switch.ts';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import { createJournal } from '../../../../src/metrics/journal.ts';
import { Meter } from '../../../../src/metrics/meter.ts';
import { pastFiles } from '../../../../src/metrics/past-files.ts';
import { DEFAULT_PRICES } from '../../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../../src/metrics/tokens.ts';
import { PROFILES } from '../../../../src/privacy/policy.ts';
import { Figures } from '../../../../src/vscode/figures/figures.ts';
import { english } from '../english.ts';
import { renderFigures } from '../../../../src/vscode/figures/render-figures.ts';
import { startAccount } from '../../../support/account.ts';
import { newHome } from '../../audit/support.ts';
import { keepingLogger } from '../../gateway/support.ts';
import { AGENT } from '../../metrics/measured.ts';
import { call } from '../../metrics/support.ts';
import { add, PERSON, start, type Window } from '../account-window.ts';

const SECRET = `sk_live_${'a1B2c3D4e5F6'.repeat(3)}`;
let dir: StateDir;
let kill: KillSwitch;
let figures: Figures;
let window: Window;
let organization: string;
beforeEach(async () => {
  dir = newHome();
  kill = createKillSwitch(dir);
  figures = new Figures({
    dir,
    kill,
    prices: DEFAULT_PRICES,
    tokenizer: 'not there',
    logger: keepingLogger(),
  });
  window = start({ observers: [figures.meter.observe], guards: { privacy: () => PROFILES.balanced } });
  const account = await startAccount();
  const [first] = account.account.organizations;
  first!.metadata = { key: SECRET };
  organization = first!.id;
  await add(window, account, 'Staging');
});
afterEach(() => {
  figures.dispose();
  kill.close();
});

const ask = (caller: typeof AGENT | typeof PERSON, input = { organization }) =>
  window.accounts.invoke('get_organization_details', input, caller);
const day = async () => (await figures.now()).report.spans['24h'];

/** Keeps calls as another process of this user does. */
async function another(...calls: number[]): Promise<void> {
  const journal = createJournal(dir, keepingLogger());
  for (const number of calls) journal.write(call({ process: 'another', call: number, at: Date.now() }));
  await journal.close();
}

describe('the figures of a window', () => {
  it('count its calls, of agents and of the person, and estimate tokens without a tokenizer', async () => {
    await ask(AGENT);
    await ask(AGENT, { organization: 'Nobody' });
    await ask(PERSON);
    await expect.poll(async () => (await day()).tokens.estimated_calls).toBe(2);
    const span = await day();
    expect(span).toMatchObject({ requests: 3, errors: 1, active_clients: 1 });
    expect(span.tokens.result).toBeGreaterThan(50);
    expect(span.clients.map(({ name }) => name)).toEqual(['claude-code', '(command)']);
  });

  it('count what other processes did, and what they do meanwhile', async () => {
    await another(1, 2);
    await ask(PERSON);
    expect((await day()).requests).toBe(3);
    await another(3);
    const both = await Promise.all([day(), day()]);
    expect(both.map(({ requests }) => requests)).toEqual([4, 4]);
    expect((await day()).processes).toHaveLength(2);
  });

  it('are kept for other processes', async () => {
    await ask(PERSON);
    const report = async () => {
      const meter = new Meter({ process: 'stats', counter: ESTIMATING, prices: DEFAULT_PRICES });
      await meter.rebuild(pastFiles(dir));
      return meter.report().spans['24h'].requests;
    };
    await expect.poll(report).toBe(1);
  });

  it('count its own calls while the directory can not be read, and say why the others are missing', async () => {
    await another(1);
    chmodSync(dir.path, 0o777);
    await ask(PERSON);
    const now = await figures.now();
    expect(now.report.spans['24h'].requests).toBe(1);
    expect(now.problem).toContain('Other users can write to the state directory');
    expect(renderFigures(english, now)).toContain('Only this window is counted: Other users can write');
    chmodSync(dir.path, 0o700);
    expect((await day()).requests).toBe(2);
  });

  it('have the kill switch as an incident, and open sessions', async () => {
    figures.meter.sessions(2);
    kill.kill('test');
    await ask(AGENT);
    const { report } = await figures.now();
    expect(report.live_sessions).toBe(2);
    const causes = report.incidents.map(({ kind, cause, count }) => ({ kind, cause, count }));
    expect(causes).toContainEqual({ kind: 'kill', cause: 'The kill switch stopped everything.', count: 1 });
  });
});

describe('the live feed of a window', () => {
  it('shows what an agent got after redaction, and nothing of what a person saw whole', async () => {
    await ask(AGENT);
    await ask(PERSON);
    const { feed } = await figures.now();
    const text = renderFigures(english, await figures.now());
    expect(feed.map(({ preview }) => preview !== undefined)).toEqual([true, false]);
    expect(text).not.toContain(SECRET);
    expect(text).toMatch(
      /query {2}get_organization_details {2}claude-code {2}ok .*workos_key 1 +\{"environment":/u,
    );
  });
});
