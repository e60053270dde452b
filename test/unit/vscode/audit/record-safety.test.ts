import { afterEach, describe, expect, it } from 'vitest';
import { createKillSwitch, type KillSwitch } from '../../../../src/access/kill-switch.ts';
import type { StateDir } from '../../../../src/access/state-dir.ts';
import { recordedSwitch } from '../../../../src/vscode/audit/record-safety.ts';
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
    elsewhere.kill('workos-mcp kill');
    expect(here.state().stopped).toBe(true);
    elsewhere.resume();
    expect(here.state().stopped).toBe(false);
    here.kill('VS Code');
    here.resume();
    await trail.close();
    expect(told(dir)).toEqual([
      ['kill.stopped', { by: { kind: 'person', surface: 'workos-mcp kill' } }],
      ['kill.stopped', { by: { kind: 'person', surface: 'VS Code' } }],
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
    expect(told(dir)).toEqual([['kill.stopped', { by: { kind: 'system', surface: 'the honeypot' } }]]);
  });
});
