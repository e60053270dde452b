import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openStateDir } from '../access/state-dir.ts';
import { auditDirectory } from '../audit/directories.ts';
import { makeEvidence } from '../audit/evidence/bundle.ts';
import { materialsFrom } from '../audit/evidence/materials.ts';
import { isDirectory } from '../audit/verify/files.ts';
import { verifyPath } from '../audit/verify/verify.ts';
import { bundledLock } from '../lock/bundled.ts';
import { lockText } from '../lock/digests.ts';
import { VERSION } from '../mcp/version.ts';
import { streamLogger } from '../shared/logger.ts';
import { openCliTrail } from './audit-trail.ts';
import { UsageError } from './parse.ts';
import { printError } from './process.ts';

/** `workos-mcp audit evidence FILE.zip`: a signed bundle of the trail for an auditor. A file that is there is not written over. */
export async function exportEvidence(
  file: string | undefined,
  since: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  if (file === undefined) throw new UsageError('audit evidence takes the name of a file to write.', 'audit');
  if (!file.endsWith('.zip'))
    throw new UsageError('audit evidence writes a ZIP file: its name ends in .zip.', 'audit');
  if (existsSync(file)) throw new Error(`${file} is already there.`);
  if (!existsSync(dirname(file))) throw new Error(`There is no folder ${dirname(file)}.`);
  const logger = streamLogger(process.stderr);
  const dir = openStateDir();
  const audit = auditDirectory(dir);
  if (existsSync(audit) && !isDirectory(audit)) throw new Error(`${audit} is no directory.`);
  const { trail, master } = await openCliTrail({ command: 'audit evidence', policy: {}, logger, ask: true });
  try {
    const materials = materialsFrom(__dirname, lockText(bundledLock));
    const about = { dir, since, server: VERSION, materials, now: new Date(), signal };
    const { zip, chains, records, manifestHash } = await makeEvidence({ ...about, master: await master() });
    await trail.exported({ format: 'evidence', since: since ?? null, records, manifest: manifestHash });
    writeFileSync(file, zip, { flag: 'wx', mode: 0o600 });
    printError(
      `${file}: ${records} records in ${chains} chains. HOW-TO-VERIFY.md in it says how to check it.`,
    );
    const { verdict } = verifyPath(audit, { fast: true });
    if (verdict !== 'intact')
      logger.warn(`The audit trail is ${verdict}: "workos-mcp audit verify" says more.`);
  } finally {
    await trail.close();
  }
  return 0;
}
