import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Approvals, createApprovals } from '../../../../src/access/approvals.ts';
import { createKillSwitch, type KillSwitch } from '../../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../../src/access/state-dir.ts';
import { createTaint } from '../../../../src/access/taint.ts';
import { PROFILES } from '../../../../src/privacy/policy.ts';
import { lockMismatch } from '../../../../src/vscode/serving/lock-guard.ts';
import { startAccount } from '../../../support/account.ts';
import { startHoneypot } from '../../access/honeypot-bench.ts';
import { add, firstName, start, type Window } from '../account-window.ts';

const AGENT = { kind: 'agent', session: 's', client: { name: 'test', version: '1' } } as const;
const LIST = 'list_workos_organizations';
let dir: string;
let killSwitch: KillSwitch;
let store: Approvals;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'guards-'));
  killSwitch = createKillSwitch(openStateDir(dir));
  store = createApprovals(openStateDir(dir));
});
afterEach(() => {
  killSwitch.close();
  rmSync(dir, { recursive: true });
});

const code = async ({ accounts }: Window) => {
  const outcome = await accounts.invoke(LIST, { limit: 1 }, AGENT);
  return outcome.ok ? 'ok' : outcome.error.code;
};

describe('the calls of a window', () => {
  it('end the moment everything is stopped, and are refused until it is resumed', async () => {
    const window = start({ guards: { killSwitch } });
    const account = await startAccount();
    await add(window, account, 'Staging');
    expect(await firstName(window)).toBe('Acme Corp');
    account.faults.set({ kind: 'latency', ms: 60_000 });
    const before = account.requests.count();
    const underWay = code(window);
    await expect.poll(() => account.requests.count()).toBe(before + 1);
    killSwitch.kill('test');
    expect(await underWay).toBe('STOPPED');
    account.faults.clear();
    expect([await code(window), await firstName(window)]).toEqual(['STOPPED', 'STOPPED']);
    expect(account.requests.count()).toBe(before + 1);
    const refused = await window.accounts.invoke(LIST, {}, AGENT);
    expect(refused.ok ? '' : refused.error.hint).toContain('"WorkOS: Resume"');
    killSwitch.resume();
    expect(await code(window)).toBe('ok');
  });

  it('and the trial of a key are looked at for decoys', async () => {
    const { lookout, sightings, killSwitch: own } = startHoneypot();
    const window = start({ guards: { killSwitch: own, lookout } });
    const account = await startAccount();
    await add(window, account, 'Staging');
    expect(await code(window)).toBe('ok');
    const apiKey = lookout.decoyKey();
    const trial = window.accounts.trial({ baseUrl: account.url, apiKey, name: 'New', kind: 'sandbox' });
    await trial.invoke(LIST, { limit: 1 }, AGENT);
    expect(sightings).toEqual([{ decoy: 'key', where: 'the API key that is set' }]);
    expect(await code(window)).toBe('STOPPED');
    own.resume();
    await window.accounts.invoke(LIST, { search: lookout.decoyKey() }, AGENT);
    expect(sightings).toHaveLength(2);
  });

  it('and the trial of a key are refused while what is offered was not accepted', async () => {
    let accepted = false;
    const requireLocked = () => {
      if (!accepted) throw lockMismatch();
    };
    const window = start({ guards: { requireLocked } });
    const account = await startAccount();
    await add(window, account, 'Staging');
    const { url: baseUrl, apiKey } = account;
    const trial = window.accounts.trial({ baseUrl, apiKey, name: 'New', kind: 'sandbox' });
    const tried = async () => {
      const outcome = await trial.invoke(LIST, { limit: 1 }, AGENT);
      return outcome.ok ? 'ok' : outcome.error.code;
    };
    expect([await code(window), await tried()]).toEqual(['LOCK_MISMATCH', 'LOCK_MISMATCH']);
    expect(account.requests.count()).toBe(0);
    accepted = true;
    expect([await code(window), await tried()]).toEqual(['ok', 'ok']);
  });

  it('give agents what the profile of now leaves, and a person everything', async () => {
    let profile: keyof typeof PROFILES = 'balanced';
    const window = start({ guards: { privacy: () => PROFILES[profile] } });
    const account = await startAccount();
    account.account.organizations.find(({ name }) => name === 'Acme Corp')!.name = 'Acme john@acme.com';
    await add(window, account, 'Staging');
    const name = async () => {
      const outcome = await window.accounts.invoke(LIST, { search: 'Acme', limit: 1 }, AGENT);
      return outcome.ok && outcome.value.items[0]?.name;
    };
    expect(await name()).toBe('Acme john@acme.com');
    profile = 'strict';
    expect([await name(), await firstName(window)]).toEqual(['Acme j***@acme.com', 'Acme john@acme.com']);
  });

  it('that change something wait for a yes when the setting of now says so', async () => {
    let mode: 'always' | 'never' = 'always';
    const approvals = { mode: () => mode, store, taint: createTaint() };
    const window = start({ guards: { approvals } });
    await add(window, await startAccount(), 'Staging');
    const create = async (name: string) => {
      const input = { name, domains: [`${name.toLowerCase()}.example`] };
      const outcome = await window.accounts.invoke('create_workos_organization', input, AGENT);
      return outcome.ok ? 'ok' : outcome.error.code;
    };
    expect(await create('Initech')).toBe('APPROVAL_REQUIRED');
    const [asked] = store.pending();
    expect(asked?.environment).toEqual({ name: 'Staging', kind: 'sandbox' });
    await store.approve(asked!.code);
    expect([await create('Initech'), await create('Hooli')]).toEqual(['ok', 'APPROVAL_REQUIRED']);
    mode = 'never';
    expect(await create('Hooli')).toBe('ok');
  });
});
