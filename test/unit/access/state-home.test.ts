import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { stateHome } from '../../../src/access/state-home.ts';

const LINUX = join(homedir(), '.local', 'state', 'workos-mcp');

it.each([
  ['linux', {}, LINUX],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/workos-mcp'],
  ['linux', { XDG_STATE_HOME: 'relative' }, LINUX],
  ['linux', { XDG_STATE_HOME: '/state', WORKOS_MCP_HOME: '/mine' }, '/mine'],
  ['linux', { WORKOS_MCP_HOME: '' }, LINUX],
  ['linux', { WORKOS_MCP_HOME: 'here' }, resolve('here')],
  ['darwin', { XDG_STATE_HOME: '/state' }, join(homedir(), 'Library', 'Application Support', 'workos-mcp')],
  ['win32', {}, join(homedir(), 'AppData', 'Local', 'workos-mcp')],
  ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'workos-mcp')],
] as const)('on %s with %o it is %s', (platform, env, path) => {
  expect(stateHome(env, platform)).toBe(path);
});
