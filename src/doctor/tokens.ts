import type { TokenInfo } from '../access/token-info.ts';
import type { Verdict } from './finding.ts';

const DAY_MS = 86_400_000;
/** Unused for longer, a token is more of a risk than of a use. */
const UNUSED_DAYS = 90;

/** Looks for connection tokens that have expired or that nobody uses. */
export function checkTokens(tokens: readonly TokenInfo[], now: Date): Verdict {
  const kept = tokens.filter(({ status }) => status !== 'revoked');
  const expired = kept.filter(({ status }) => status === 'expired');
  const unused = kept.filter(
    ({ status, created, lastUsed = created }) =>
      status === 'active' && now.getTime() - lastUsed.getTime() > UNUSED_DAYS * DAY_MS,
  );
  const names = (all: readonly TokenInfo[]) => all.map(({ name }) => name).join(', ');
  const found = [
    `${kept.length} ${kept.length === 1 ? 'token' : 'tokens'}`,
    ...(expired.length > 0 ? [`expired: ${names(expired)}`] : []),
    ...(unused.length > 0 ? [`not used for ${UNUSED_DAYS} days: ${names(unused)}`] : []),
  ].join('; ');
  const [first] = [...expired, ...unused];
  if (first === undefined) return { status: 'ok', found };
  return { status: 'warn', found, fix: `workos-mcp tokens revoke ${JSON.stringify(first.id)}` };
}
