import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHoneypot } from '../../src/access/honeypot.ts';
import { createKillSwitch } from '../../src/access/kill-switch.ts';
import { openStateDir } from '../../src/access/state-dir.ts';
import { keyFile } from '../../src/audit/key-files.ts';
import { openMasterKey } from '../../src/audit/master-key.ts';
import { recordCalls } from '../../src/audit/record-calls.ts';
import { openTrail } from '../../src/audit/trail.ts';
import { createJournal } from '../../src/metrics/journal.ts';
import { Meter } from '../../src/metrics/meter.ts';
import { DEFAULT_PRICES } from '../../src/metrics/prices.ts';
import { createWorkerCounter } from '../../src/metrics/worker-counter.ts';
import type { RuntimeOptions } from '../../src/runtime.ts';
import type { Lookout } from '../../src/shared/lookout.ts';
import { GATEWAY } from './calls.mts';
import { TOKENIZER } from './files.mts';

/** What stands around the calls of a real process: kill switch, decoys, audit trail and figures, in a state directory of its own. */
export interface Governance {
  readonly options: Pick<RuntimeOptions, 'killSwitch' | 'audit' | 'observers' | 'lookout'>;
  readonly lookout: Lookout;
  close(): Promise<void>;
}

/** Opens it all. */
export async function openGovernance(): Promise<Governance> {
  const home = mkdtempSync(join(tmpdir(), 'workos-mcp-bench-'));
  process.env['WORKOS_MCP_HOME'] = home;
  const { logger } = GATEWAY;
  const dir = openStateDir();
  const killSwitch = createKillSwitch(dir);
  const trail = await openTrail({
    dir,
    master: () => openMasterKey(keyFile(dir)),
    about: () => ({ command: 'bench' }),
    warn: logger.warn,
  });
  const rules = { server: 'bench', contract: 'bench', policy: () => 'bench' };
  const lookout = createHoneypot({ dir, killSwitch, logger, sighted: () => undefined });
  const meter = new Meter({
    process: 'bench',
    counter: createWorkerCounter(TOKENIZER),
    prices: DEFAULT_PRICES,
    sink: createJournal(dir, logger),
    logger,
  });
  return {
    options: {
      killSwitch,
      audit: (environment) => recordCalls(trail, environment, rules),
      observers: [meter.observe],
      lookout,
    },
    lookout,
    close: async () => {
      killSwitch.close();
      await trail.close();
      await meter.close();
      rmSync(home, { recursive: true });
    },
  };
}
