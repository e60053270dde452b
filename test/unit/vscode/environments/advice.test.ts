import { expect, it } from 'vitest';
import { adviceFor } from '../../../../src/vscode/environments/advice.ts';
import { SAMPLE, type StoredEnvironment } from '../../../../src/vscode/environments/environments.ts';

const STAGING: StoredEnvironment = { ...SAMPLE, id: '1', name: 'Staging\u202E', kind: 'staging' };

it.each([
  ['a stored environment', STAGING, ['NO_API_KEY', 'INVALID_API_KEY']],
  ['the sample account', SAMPLE, ['INVALID_API_KEY']],
  ['no environment', undefined, ['NO_API_KEY']],
] as const)('for %s speaks of the editor, not of a command line', (_what, environment, codes) => {
  const advice = adviceFor(environment, environment === undefined ? STAGING : undefined);
  expect(Object.keys(advice).toSorted()).toEqual(
    [...codes, 'STOPPED', 'NETWORK', 'TIMEOUT', 'BAD_RESPONSE'].toSorted(),
  );
  for (const hint of Object.values(advice)) expect(hint).not.toMatch(/WORKOS_|--|\u202E/u);
});
