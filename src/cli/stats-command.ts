import { readFileSync } from 'node:fs';
import { openStateDir } from '../access/state-dir.ts';
import { Meter } from '../metrics/meter.ts';
import { pastFiles } from '../metrics/past-files.ts';
import { DEFAULT_PRICES, type Prices, pricesSchema } from '../metrics/prices.ts';
import { ESTIMATING } from '../metrics/tokens.ts';
import { sleep } from '../shared/wait.ts';
import { type Flags, UsageError } from './parse.ts';
import { print } from './process.ts';
import { statsText } from './stats-text.ts';

const FOLLOW_MS = 1_000;
/** Moves a terminal to its beginning and clears what follows. */
const CLEAR = '\u001B[H\u001B[J';

/** `workos-mcp stats`: figures over all processes of this user, once or again whenever they change. Needs no account. */
export async function runStats(flags: Flags, signal: AbortSignal): Promise<number> {
  const { json, prices: file, follow } = flags;
  const prices = file === undefined ? DEFAULT_PRICES : pricesFrom(file);
  const meter = new Meter({ process: 'stats', counter: ESTIMATING, prices });
  const source = pastFiles(openStateDir());
  const clear = follow && !json && process.stdout.isTTY ? CLEAR : '';
  let last: string | undefined;
  const show = async () => {
    await meter.rebuild(source);
    const { time, ...report } = meter.report();
    // The time alone is no news.
    const shown = json ? JSON.stringify({ ...report, prices }) : statsText({ time, ...report }, prices);
    if (shown !== last) print(clear + (json ? JSON.stringify({ time, ...report, prices }) : shown));
    last = shown;
  };
  await show();
  if (!follow) return 0;
  while (!signal.aborted) {
    await sleep(FOLLOW_MS, signal).then(show, () => undefined);
  }
  return 0;
}

function pricesFrom(file: string): Prices {
  const parsed = pricesSchema.safeParse(contentOf(file));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} holds no prices. It is JSON like ${JSON.stringify(DEFAULT_PRICES)}: per million tokens, by client.`,
    'stats',
  );
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
