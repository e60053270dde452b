import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Each test file has a state directory of its own: none reaches that of the person, or stops another's servers. */
const home = mkdtempSync(join(tmpdir(), 'workos-mcp-state-'));
process.env['WORKOS_MCP_HOME'] = home;
afterAll(() => rmSync(home, { recursive: true, force: true }));
