// Runs where little can be written: calls until nothing can be recorded any more, then shows what happens to reading and to
// changes, and after that, with the ballast thrown off if there is one, whether it goes on in another file.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { keyFile } from '../../../src/audit/key-files.ts';
import { openMasterKey } from '../../../src/audit/master-key.ts';
import { openTrail } from '../../../src/audit/trail.ts';

const MOST_CALLS = 200;
const dir = openStateDir(process.argv[2]);
const warnings: string[] = [];
let time = Date.now();
const trail = await openTrail({
  dir,
  master: () => openMasterKey(keyFile(dir)),
  about: () => ({ command: 'test' }),
  warn: (message) => void warnings.push(message),
  limits: { fileMs: 3_600_000 },
  now: () => new Date(time),
});
const intent = (call: number) =>
  trail
    .before(() => ({ kind: 'intent', body: { call } }), false)
    .then(
      (seq) => {
        trail.after(() => ({ kind: 'outcome', body: { call, intent: seq } }));
        return true;
      },
      () => false,
    );
let recorded = 0;
while (recorded < MOST_CALLS && (await intent(recorded))) recorded += 1;
const refused = [await intent(-1), await intent(-2)];
const whole = readFileSync(trail.file() ?? '').at(-1) === 0x0a;
time += 3_600_000;
rmSync(join(dir.path, 'ballast'), { force: true });
const after = await intent(-3);
await trail.close();
process.stdout.write(JSON.stringify({ recorded, refused, whole, after, warnings }));
