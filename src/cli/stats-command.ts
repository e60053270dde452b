import { readFileSync } from 'node:fs';
import { openStateDir } from '../access/state-dir.ts';
import { Meter } from '../metrics/meter.ts';
import { pastFiles } from '../metrics/past-files.ts';
import { DEFAULT_PRICES, type Prices, pricesSchema } from '../metrics/prices.ts';
import { ESTIMATING } from '../metrics/tokens.ts';
import { type Flags, UsageError } from './parse.ts';
import { print } from './process.ts';
import { statsText } from './stats-text.ts';

/** `workos-mcp stats`: figures over all processes of this user. Needs no account. */
export async function runStats({ json, prices: file }: Flags): Promise<number> {
  const prices = file === undefined ? DEFAULT_PRICES : pricesFrom(file);
  const meter = new Meter({ process: 'stats', counter: ESTIMATING, prices });
  await meter.rebuild(pastFiles(openStateDir()));
  const report = meter.report();
  print(json ? JSON.stringify({ ...report, prices }) : statsText(report, prices));
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
