import { afterEach, describe, expect, it } from 'vitest';
import { createApprovals } from '../../../../src/access/approvals.ts';
import { createKillSwitch, type KillSwitch } from '../../../../src/access/kill-switch.ts';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import { recordedApprovals, recordedSwitch } from '../../../../src/vscode/audit/record-safety.ts';
import { newHome, recordsOf } from '../../audit/support.ts';
import { windowTrail } from './support.ts';

const switches: KillSwitch[] = [];
afterEach(() => switches.splice(0).forEach((each) => each.close()));

const told = (dir: StateDir) =>
  recordsOf(dir).flatMap(({ kind, body }) => (kind === 'event' ? [[body['name'], body['details']]] : []));

describe('a window', () => {
  it('records each stop it hears of, and the resume that is done in it', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    const here = recordedSwitch(createKillSwitch(dir), trail.events);
    const elsewhere = createKillSwitch(dir);
    switches.push(here, elsewhere);
    elsewhere.kill('terminal');
    expect(here.state().stopped).toBe(true);
    elsewhere.resume();
    expect(here.state().stopped).toBe(false);
    here.kill('VS Code');
    here.resume();
    await trail.close();
    expect(told(dir)).toEqual([
      ['kill.stopped', { by: { kind: 'system', surface: 'vscode' } }],
      ['kill.stopped', { by: { kind: 'person', surface: 'vscode' } }],
      ['kill.resumed', { by: { kind: 'person', surface: 'vscode' } }],
    ]);
  });

  it('keeps what was seen when a decoy stopped it, and takes nobody here for who did', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    const here = recordedSwitch(createKillSwitch(dir), trail.events);
    switches.push(here);
    const sighting = { decoy: 'key', where: 'a header', by: 'thief' } as const;
    here.kill('the honeypot', sighting);
    expect(here.state()).toMatchObject({ stopped: true, sighting });
    await trail.close();
    expect(told(dir)).toEqual([['kill.stopped', { by: { kind: 'system', surface: 'vscode' } }]]);
  });

  it('records the questions of its agents once, and the answers given in it', async () => {
    const dir = newHome();
    const trail = windowTrail(dir);
    const approvals = recordedApprovals(createApprovals(dir), trail.events);
    const environment = { id: 'env', name: 'Secret name', kind: 'staging' };
    const change = { environment, tool: 'create', arguments: { name: 'Secret' }, session: 's', client: 'c' };
    const first = await approvals.ask(change);
    await approvals.ask(change);
    const second = await approvals.ask({ ...change, arguments: { name: 'Other' } });
    if (typeof first === 'string' || typeof second === 'string') throw new Error('not asked');
    expect(await approvals.approve(first.code)).toBe(true);
    expect(await approvals.deny(second.code)).toBe(true);
    expect(await approvals.deny(second.code)).toBe(false);
    await trail.close();
    expect(told(dir).map(([name]) => name)).toEqual([
      'approval.asked',
      'approval.asked',
      'approval.given',
      'approval.denied',
    ]);
    expect(told(dir)[2]?.[1]).toMatchObject({
      by: { kind: 'person', surface: 'vscode' },
      code: first.code,
      tool: 'create',
    });
    expect(JSON.stringify(recordsOf(dir))).not.toContain('Secret');
  });
});
