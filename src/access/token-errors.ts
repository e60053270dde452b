import { AppError } from '../shared/errors.ts';
import { looksLikeToken } from './token-file.ts';

const LONGEST_SHOWN = 100;
const LIST_HINT = '"workos-mcp tokens list" shows which there are.';

/** Nothing has this id or name. A token that was given in place of one is not repeated. */
export function notFound(which: string): AppError {
  const shown = looksLikeToken(which) ? 'that was given' : JSON.stringify(which.slice(0, LONGEST_SHOWN));
  return refusal('NOT_FOUND', `There is no connection token with the id or name ${shown}.`, LIST_HINT);
}

/** Names tell tokens apart. */
export function nameTaken(name: string): AppError {
  return refusal('CONFLICT', `Another connection token is called ${JSON.stringify(name)}.`, LIST_HINT);
}

/** A revoked token stays as it is. */
export function isGone(name: string): AppError {
  return refusal(
    'CONFLICT',
    `The connection token ${JSON.stringify(name)} is revoked, which is for good.`,
    'Issue another one.',
  );
}

/** There is no room for another. */
export function tooMany(most: number): AppError {
  return refusal('CONFLICT', `There are ${most} connection tokens already.`, 'Revoke some first.');
}

/** A token issued now would outlive the stop. */
export function isStopped(): AppError {
  return refusal(
    'STOPPED',
    'The kill switch is on: no connection token is issued.',
    '"workos-mcp resume" lifts it.',
  );
}

/** What can't be a name, and what can. */
export function badName(): AppError {
  return refusal(
    'INVALID_INPUT',
    'The name of a connection token has 1 to 60 letters, digits, spaces or . _ @ - and begins with a letter or digit.',
    'It may not begin with tok_ or wmcp_: ids and tokens do.',
  );
}

function refusal(code: AppError['code'], message: string, hint: string): AppError {
  return new AppError({ code, message, hint });
}
