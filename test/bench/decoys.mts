import type { Lookout } from '../../src/shared/lookout.ts';
import { Times, timed } from './times.mts';

const BYTES = 8_000;

/** Microseconds that looking for decoys takes, in texts in which they could hide. */
export async function measureDecoys(
  lookout: Lookout,
  rounds: number,
): Promise<(readonly [string, number, number])[]> {
  const rows = Array.from({ length: 200 }, (_, at) => ({ id: `org_${at}`, name: `Acme Corporation ${at}` }));
  const text = JSON.stringify(rows);
  const texts = {
    'rows, 8 kB': text.slice(0, BYTES),
    'rows with other letters, 8 kB': `日本${text}`.slice(0, BYTES),
    'base64, 8 kB': Buffer.from(text).toString('base64').slice(0, BYTES),
    'hex, 8 kB': Buffer.from(text).toString('hex').slice(0, BYTES),
  };
  const measured: (readonly [string, number, number])[] = [];
  for (const [name, each] of Object.entries(texts)) {
    const times = new Times();
    for (let round = 0; round < rounds; round += 1)
      times.add(await timed(async () => lookout.look(each, 'a measurement')));
    measured.push([name, times.at(0.5) * 1_000, times.at(0.99) * 1_000]);
  }
  return measured;
}
