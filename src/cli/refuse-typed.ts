import { createHoneypot } from '../access/honeypot.ts';
import { createKillSwitch, type Sighting } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import { recordSighting } from '../metrics/record-incidents.ts';
import { streamLogger } from '../shared/logger.ts';
import { meterProcess } from './metering.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';
import { requireRunning } from './stopped.ts';

/** Looks for decoys in what was typed for a call that comes to no gateway. Throws StoppedRefusal when one is there. */
export async function refuseTyped(typed: string, where: string): Promise<void> {
  const dir = openStateDir();
  const killSwitch = createKillSwitch(dir);
  const logger = streamLogger(process.stderr);
  let seen: Sighting | undefined;
  const sighted = (sighting: Sighting) => void (seen = sighting);
  createHoneypot({ dir, killSwitch, logger, sighted }).look(typed, where, `(${AT_TERMINAL.surface})`);
  if (seen === undefined) return;
  const sighting = seen;
  const meter = meterProcess(dir, logger);
  await recordDone({ command: 'call refused', locked: 'key-file' }, async (events) =>
    recordSighting(meter, events)(sighting),
  );
  await meter.close();
  requireRunning(killSwitch);
}
