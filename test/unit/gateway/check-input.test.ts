import { describe, expect, it, vi } from 'vitest';
import { checkInput } from '../../../src/gateway/check-input.ts';
import type { Next } from '../../../src/gateway/steps.ts';
import type { AppError } from '../../../src/shared/errors.ts';
import { jsonBytes } from '../../../src/shared/json.ts';
import type { ToolName } from '../../../src/tools/registry.ts';
import { callOf, succeed } from './support.ts';

async function refusal(name: ToolName, input: unknown): Promise<AppError> {
  const next = vi.fn<Next>(succeed('run'));
  const error = await checkInput(next)(callOf(name, { input })).then(
    () => undefined,
    (thrown: AppError) => thrown,
  );
  expect(next).not.toHaveBeenCalled();
  if (error === undefined) throw new Error('The input was taken.');
  expect(error.code).toBe('INVALID_INPUT');
  return error;
}

it.each([undefined, null])('that is %s reads as no arguments', async (input) => {
  const next = vi.fn<Next>(succeed('run'));
  await checkInput(next)(callOf('list_directories', { input }));
  expect(next).toHaveBeenCalledWith(expect.objectContaining({ input: {} }));
});

describe('input that does not fit', () => {
  it.each([
    ['list_workos_organizations', { limit: 101 }, /^limit: /u],
    ['list_workos_organizations', { limit: 'many' }, /^limit: /u],
    ['list_workos_organizations', { nonsense: 1 }, /^unknown argument nonsense$/u],
    ['get_organization_details', {}, /^organization: is required$/u],
    ['create_workos_organization', { name: 'Acme', domains: [1] }, /^domains\.0: /u],
    ['create_workos_organization', { name: '', domains: [] }, /^name: .*; domains: /u],
    ['list_sso_connections', [], /object/u],
    ['list_sso_connections', 'text', /object/u],
  ] as const)('of %s is refused by name: %j', async (name, input, expected) => {
    const error = await refusal(name, input);
    expect(error.message).toMatch(expected);
    expect(error.hint).toContain(name);
  });

  it('is answered with the names of the arguments there are', async () => {
    const { hint } = await refusal('get_organization_details', { nonsense: 1 });
    expect(hint).toContain('It takes organization, section, cursor.');
  });

  it('names five problems at most', async () => {
    const error = await refusal('create_workos_organization', {
      name: 'Acme',
      domains: Array.from({ length: 30 }, () => 1),
    });
    expect(error.message.split('; ')).toHaveLength(5);
  });

  it('stays under the byte budget whatever the keys are called', async () => {
    const long = Object.fromEntries([0, 1, 2, 3, 4, 5].map((index) => [`😀${'k'.repeat(60)}${index}`, 1]));
    const metadata = Object.fromEntries(Object.keys(long).map((key) => [key.repeat(50), 1]));
    const error = await refusal('create_workos_organization', {
      name: 'Acme',
      domains: ['acme.com'],
      metadata,
      ['x'.repeat(20_000)]: 1,
    });
    expect(jsonBytes(error)).toBeLessThan(8_000);
    expect(error.message.isWellFormed()).toBe(true);
  });
});

describe('input that fits', () => {
  it('is handed on untouched', async () => {
    const next = vi.fn<Next>(succeed('run'));
    const call = callOf('list_workos_organizations', { input: { limit: 5 } });
    await checkInput(next)(call);
    expect(next).toHaveBeenCalledExactlyOnceWith(call);
  });

  it.each([[undefined], [null]])('may be %s where nothing is required', async (input) => {
    const outcome = await checkInput(succeed('run'))(callOf('list_workos_organizations', { input }));
    expect(outcome.ok).toBe(true);
  });
});
