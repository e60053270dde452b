import type { TokenInfo } from '../access/token-info.ts';
import { countOf, shortLine } from '../shared/text.ts';
import type { Verdict } from './finding.ts';
import { failureOf } from './run-checks.ts';

const DAY_MS = 86_400_000;
/** Unused for longer, a token is more of a risk than of a use. */
const UNUSED_DAYS = 90;
const LONGEST_NAME = 60;
const UNREADABLE =
  'Mend what is said of "state", if anything. Else move tokens.json elsewhere, which ends all tokens, and issue others: workos-mcp tokens issue';

/** Counts the connection tokens, and names each that has expired or that nobody uses. */
export function checkTokens(list: () => readonly TokenInfo[], now: Date): Verdict[] {
  try {
    return verdictsOn(list(), now);
  } catch (thrown) {
    return [failureOf(thrown, UNREADABLE)];
  }
}

function verdictsOn(tokens: readonly TokenInfo[], now: Date): Verdict[] {
  const kept = tokens.filter(({ status }) => status !== 'revoked');
  const worth = kept.flatMap((token): Verdict[] => {
    const why = whyRevoke(token, now);
    if (why === undefined) return [];
    const found = `${shortLine(token.name, LONGEST_NAME)} ${why}`;
    return [{ status: 'warn', found, fix: `workos-mcp tokens revoke ${JSON.stringify(token.id)}` }];
  });
  return [{ status: 'ok', found: countOf(kept.length, 'token') }, ...worth];
}

function whyRevoke({ status, created, lastUsed = created }: TokenInfo, now: Date): string | undefined {
  if (status === 'expired') return 'has expired';
  const unusedFor = now.getTime() - lastUsed.getTime();
  if (status === 'active' && unusedFor > UNUSED_DAYS * DAY_MS) return `was not used for ${UNUSED_DAYS} days`;
  return undefined;
}
