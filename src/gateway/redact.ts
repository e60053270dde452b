import { countByKind } from '../privacy/found.ts';
import type { PrivacyPolicy } from '../privacy/policy.ts';
import { createRedactor, type Redactor } from '../privacy/redactor.ts';
import { AppError } from '../shared/errors.ts';
import { isRecord } from '../shared/json.ts';
import type { Call, Covered, Step, StepOutcome } from './steps.ts';

type Privacy = () => PrivacyPolicy;

/** Covers personal data and secrets in what agents get of a tool: its result, its progress and its questions. */
export function redact(privacy: Privacy): Step {
  return (next) => async (call) => {
    if (!isRedacted(call)) return next(call);
    const { progress, confirm } = call;
    const clean = (text: string) => closed(() => redactorOf(privacy).text(text));
    const outcome = await next({
      ...call,
      progress: (step) => progress({ ...step, message: clean(step.message) }),
      ...(confirm && { confirm: (question) => confirm(clean(question)) }),
    });
    return outcome.ok ? closed(() => redactOutcome(redactorOf(privacy), outcome)) : outcome;
  };
}

/** Covers them in errors, wherever on the way those were made. */
export function redactErrors(privacy: Privacy): Step {
  return (next) => async (call) => {
    if (!isRedacted(call)) return next(call);
    const clean = (error: AppError) => closed(() => redactError(redactorOf(privacy), error));
    const outcome = await next(call).catch((thrown: unknown) => {
      // Of anything else no text is shown.
      throw thrown instanceof AppError ? clean(thrown) : thrown;
    });
    return outcome.ok ? outcome : { ok: false, error: clean(outcome.error) };
  };
}

/** A person sees their own account as it is, unless they ask for what an agent would see. */
export function isRedacted({ caller, redacted }: Call): boolean {
  return caller.kind === 'agent' || redacted === true;
}

const redactors = new WeakMap<PrivacyPolicy, Redactor>();

function redactorOf(privacy: Privacy): Redactor {
  const policy = privacy();
  const redactor = redactors.get(policy) ?? createRedactor(policy);
  redactors.set(policy, redactor);
  return redactor;
}

/** What could not be looked at is not shown. */
function closed<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new AppError(
      {
        code: 'INTERNAL',
        message: 'The answer could not be checked for personal data and secrets, so it is withheld.',
        hint: 'If the call was to change something, look whether it did before calling again. Report it with the log.',
      },
      // The text of the cause is logged, and could quote what was looked at.
      { cause: new Error(`redaction failed: ${thrown instanceof Error ? thrown.name : typeof thrown}`) },
    );
  }
}

function redactError({ text }: Redactor, { code, message, hint, cause }: AppError): AppError {
  return new AppError(
    { code, message: text(message), ...(hint !== undefined && { hint: text(hint) }) },
    { cause },
  );
}

/** Covers a result; a cursor is ours, and of no use unless whole. */
function redactOutcome(redactor: Redactor, outcome: Extract<StepOutcome, { ok: true }>): StepOutcome {
  const { value } = outcome.draft;
  if (!isRecord(value)) throw new TypeError('The result is not an object.');
  const { items, next_cursor, ...rest } = value;
  const head = redactor.value(rest);
  if (!isRecord(head.value)) throw new TypeError('The head is not an object.');
  const field = typeof value['section'] === 'string' ? value['section'] : 'items';
  const rows = Array.isArray(items) ? items.map((item) => redactRow(redactor, field, item)) : undefined;
  const covered: Covered = { head: head.found, rows: rows?.map(({ found }) => found) ?? [] };
  const counts = countByKind([...covered.head, ...covered.rows.flat()]);
  const shown = {
    ...head.value,
    ...(counts && { redacted: counts }),
    ...(rows && { items: rows.map((row) => row.value) }),
    ...(next_cursor !== undefined && { next_cursor }),
  };
  return { ...outcome, draft: { ...outcome.draft, value: shown }, ...(counts && { covered }) };
}

/** A row of a list, or of a section of a detail: the same paths lead to it as in the detail. */
function redactRow(redactor: Redactor, field: string, item: unknown) {
  const entry = mapEntry(item);
  if (entry === undefined) return redactor.value(item, [field, '*']);
  const { value, found } = redactor.value({ [entry.key]: entry.value }, [field]);
  const [[key, shown] = [entry.key, undefined]] = isRecord(value) ? Object.entries(value) : [];
  return { value: { key, value: shown }, found };
}

/** An entry of a map, as sections show them. */
function mapEntry(item: unknown): { key: string; value: unknown } | undefined {
  if (!isRecord(item) || Object.keys(item).length !== 2 || !('value' in item)) return undefined;
  const { key, value } = item;
  return typeof key === 'string' ? { key, value } : undefined;
}

/** How often each kind was covered in what is shown: the head and so many of the rows. */
export function shownCounts({ head, rows }: Covered, shown: number): Record<string, number> | undefined {
  return countByKind([...head, ...rows.slice(0, shown).flat()]);
}
