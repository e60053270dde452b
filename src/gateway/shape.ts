import { isRecord, jsonBytes, type Json, prune } from '../shared/json.ts';
import { encodeCursor } from '../tools/cursor.ts';
import type { Draft } from '../tools/tool.ts';
import { POLICY_DEFAULTS } from './defaults.ts';
import { shownCounts } from './redact.ts';
import type { Covered, Step } from './steps.ts';
import { type Caps, trimRecord } from './trim.ts';

/** An agent's result is smaller than this many bytes of JSON. */
export const AGENT_BYTES = POLICY_DEFAULTS.agentResultBytes;

const DETAIL_CAPS: readonly Caps[] = [
  { entries: 10, text: 300 },
  { entries: 10, text: 120 },
  { entries: 5, text: 80 },
  { entries: 3, text: 60 },
  { entries: 1, text: 40 },
  { entries: 1, text: 10 },
];
const ROW_CAPS: Caps = { entries: 10, text: 700 };

/** Last step on the way out: drops empties for everybody, and fits an agent's result into its byte budget. */
export const shape: Step = (next) => async (call) => {
  const outcome = await next(call);
  if (!outcome.ok) return outcome;
  const value = pruned(outcome.draft.value);
  if (call.caller.kind !== 'agent') return { ...outcome, draft: { value } };
  const shown = fit({ ...outcome.draft, value }, AGENT_BYTES);
  return {
    ...outcome,
    draft: { value: outcome.covered ? recounted(shown, outcome.covered) : shown },
    whole: outcome.draft.value,
  };
};

/** Of what was covered, only that in rows which are shown is told; never more than before, so it fits. */
function recounted(shown: Record<string, unknown>, covered: Covered): Record<string, unknown> {
  const { redacted: _before, ...rest } = shown;
  const counts = shownCounts(covered, Array.isArray(shown['items']) ? shown['items'].length : 0);
  return counts === undefined ? rest : { ...rest, redacted: counts };
}

/** Drops empties but keeps `items`: an empty list is an answer. */
function pruned(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) return {};
  const { items, ...head } = value;
  const kept = prune(head);
  const rows = Array.isArray(items) ? { items: items.map((item) => prune(item) ?? {}) } : {};
  return { ...(isRecord(kept) ? kept : {}), ...rows };
}

function fit(draft: Draft<Record<string, unknown>>, budget: number): Record<string, unknown> {
  const { items, ...head } = draft.value;
  if (!Array.isArray(items)) return fitDetail(draft.value, budget);
  const trimmedHead = fitDetail(head, budget / 2);
  return fitRows(
    { head: trimmedHead, items, positions: draft.positions ?? [], binding: draft.binding ?? '' },
    budget,
  );
}

function fitDetail(value: Record<string, unknown>, budget: number): Record<string, unknown> {
  let shown = value;
  for (const caps of DETAIL_CAPS) {
    shown = trimRecord(value, caps);
    if (jsonBytes(shown) < budget) break;
  }
  return shown;
}

interface Rows {
  readonly head: Record<string, unknown>;
  readonly items: readonly unknown[];
  readonly positions: readonly Json[];
  readonly binding: string;
}

/** Shows as many rows as fit, at least one, and points `next_cursor` behind the last row shown. */
function fitRows({ head, items, positions, binding }: Rows, budget: number): Record<string, unknown> {
  const rows = items.map((item) => (isRecord(item) ? trimRecord(item, ROW_CAPS) : item));
  const whole = { ...head, items: rows };
  if (jsonBytes(whole) < budget) return whole;
  const cursorAfter = (count: number) => encodeCursor(binding, positions[count - 1] ?? null);
  const build = (count: number, shown: readonly unknown[]) => ({
    ...head,
    items: shown.slice(0, count),
    complete: false,
    next_cursor: cursorAfter(count),
  });
  let count = 0;
  let used = jsonBytes({ ...head, items: [], complete: false });
  for (const row of rows) {
    used += jsonBytes(row) + 1;
    const cursor = jsonBytes(cursorAfter(count + 1)) + '"next_cursor":,'.length;
    if (used + cursor >= budget) break;
    count += 1;
  }
  if (count > 0) return build(count, rows);
  const page = (shown: readonly unknown[]) =>
    items.length > 1 ? build(1, shown) : { ...head, items: shown };
  const [first] = items;
  return page([isRecord(first) ? fitDetail(first, budget - jsonBytes(page([]))) : first]);
}
