import type { Advice } from '../../gateway/advise.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { SAMPLE, type StoredEnvironment } from './environments.ts';

/** What to do about an error inside an editor, where there is no command line; `lost` was removed meanwhile. */
export function adviceFor(
  environment: StoredEnvironment | undefined,
  lost: StoredEnvironment | undefined,
): Advice {
  return { ...GENERAL, ...(environment === undefined ? noEnvironment(lost) : aboutKey(environment)) };
}

const GENERAL: Advice = {
  STOPPED: 'Do not try again. Only the person can lift this, by "WorkOS: Resume" in VS Code.',
  NETWORK:
    'Check the network connection, the proxy settings of VS Code and the setting workos.network, then make the call again.',
  TIMEOUT: 'Ask for less (a filter, a smaller limit or a shorter range), then make the call again.',
  BAD_RESPONSE:
    'Make the call again. If it stays so, ask the person to check the proxy settings of VS Code and the setting workos.baseUrl.',
};

function aboutKey({ id, name }: StoredEnvironment): Advice {
  if (id === SAMPLE.id)
    return { INVALID_API_KEY: 'Ask the person to run "WorkOS: Explore Sample Account" in VS Code.' };
  const environment = `the environment "${cleanLabel(name)}"`;
  return {
    NO_API_KEY: `There is no key for ${environment}: ask the person to run "WorkOS: Set API Key" in VS Code.`,
    INVALID_API_KEY: `The key of ${environment} may have been revoked: ask the person to run "WorkOS: Set API Key" in VS Code.`,
  };
}

/** What to do without an environment; where it was removed meanwhile, which one that was. */
function noEnvironment(lost: StoredEnvironment | undefined): Advice {
  const otherwise =
    'Ask the person to run "WorkOS: Add Environment" or "WorkOS: Explore Sample Account" in VS Code.';
  return {
    NO_API_KEY:
      lost === undefined
        ? otherwise
        : `The environment "${cleanLabel(lost.name)}" was removed: ask the person to run "WorkOS: Switch Environment" in VS Code.`,
  };
}
