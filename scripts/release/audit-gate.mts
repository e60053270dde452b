import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runNpm } from './npm.mts';

const EXCEPTIONS = resolve(import.meta.dirname, 'audit-exceptions.json');
/** What is not let through. */
const GRAVE: ReadonlySet<unknown> = new Set(['high', 'critical']);

/** An advisory that is lived with for a while, and why. */
export interface Exception {
  /** As GHSA-xxxx-xxxx-xxxx. */
  readonly advisory: string;
  readonly reason: string;
  /** The first day on which it does not hold any more: YYYY-MM-DD. */
  readonly expires: string;
}

/** What the gate says: it is open when there are no problems. */
export interface Gate {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** False when the registry did not answer, which lets nothing through. */
  readonly asked: boolean;
}

/** Asks the registry for advisories on all packages of the lockfile, and holds them against the exceptions. */
export async function auditGate(
  today: Date,
  { npmArgs = [], file = EXCEPTIONS }: { readonly npmArgs?: readonly string[]; readonly file?: string } = {},
): Promise<Gate> {
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-timeout=30000'];
  const { stdout } = await runNpm(['audit', '--json', '--omit=optional', ...patience, ...npmArgs]);
  const exceptions: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return judge(parsed(stdout), exceptions, today);
}

/** Judges what `npm audit --json` printed. */
export function judge(report: unknown, exceptions: unknown, today: Date): Gate {
  const { kept, problems } = readExceptions(exceptions, today);
  const found = advisoriesIn(report);
  if (found === undefined) {
    const why =
      'The registry does not say which packages have known vulnerabilities, so nothing was checked.';
    return { problems: [...problems, why], notes: [], asked: false };
  }
  const excepted = new Set(kept.map(({ advisory }) => advisory));
  const grave = found.filter(({ severity }) => GRAVE.has(severity));
  const unused = kept.filter(({ advisory }) => grave.every(({ id }) => id !== advisory));
  return {
    problems: [
      ...problems,
      ...grave
        .filter(({ id }) => !excepted.has(id))
        .map(({ id, severity, name, title }) => `${id} (${severity}) in ${name}: ${title}`),
    ],
    notes: [
      ...grave.filter(({ id }) => excepted.has(id)).map(({ id, name }) => `${id} in ${name} is excepted`),
      ...unused.map(({ advisory }) => `The exception for ${advisory} is not needed any more: remove it.`),
    ],
    asked: true,
  };
}

interface Advisory {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly title: string;
}

/** Each advisory once; `undefined` when this is no report, or one on no packages. */
function advisoriesIn(report: unknown): readonly Advisory[] | undefined {
  if (!isRecord(report) || !isRecord(report['vulnerabilities']) || !isRecord(report['metadata']))
    return undefined;
  const { dependencies } = report['metadata'];
  if (!isRecord(dependencies) || !(Number(dependencies['total']) > 0)) return undefined;
  const found = new Map<string, Advisory>();
  for (const vulnerability of Object.values(report['vulnerabilities'])) {
    const via = isRecord(vulnerability) && Array.isArray(vulnerability['via']) ? vulnerability['via'] : [];
    for (const advisory of via.filter(isRecord)) {
      const { url, name, severity, title, source } = advisory;
      const id = /GHSA(?:-\w{4}){3}/u.exec(String(url))?.[0] ?? `npm ${String(source)}`;
      found.set(`${id} ${String(name)}`, {
        id,
        name: String(name),
        severity: String(severity),
        title: String(title),
      });
    }
  }
  return [...found.values()];
}

function readExceptions(given: unknown, today: Date): { kept: Exception[]; problems: string[] } {
  const kept: Exception[] = [];
  const problems: string[] = [];
  for (const each of Array.isArray(given) ? given : [given]) {
    if (!isException(each))
      problems.push(`An exception needs advisory, reason and expires (YYYY-MM-DD): ${JSON.stringify(each)}`);
    else if (each.expires <= today.toISOString().slice(0, 10))
      problems.push(`The exception for ${each.advisory} expired on ${each.expires}: ${each.reason}`);
    else kept.push(each);
  }
  return { kept, problems };
}

function isException(value: unknown): value is Exception {
  if (!isRecord(value)) return false;
  const { advisory, reason, expires } = value;
  return (
    /^GHSA(?:-\w{4}){3}$/u.test(String(advisory)) &&
    typeof reason === 'string' &&
    reason.trim() !== '' &&
    /^\d{4}-\d{2}-\d{2}$/u.test(String(expires)) &&
    !Number.isNaN(Date.parse(String(expires)))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for a keyed object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
