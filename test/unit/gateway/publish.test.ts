import { expect, it } from 'vitest';
import { isPublished, publish } from '../../../src/gateway/publish.ts';
import { tools } from '../../../src/tools/registry.ts';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { gatewayOver, head, LIST, page } from './leaky.ts';
import { AGENT, callOf, succeed } from './support.ts';

const { output } = tools.list_directories;
const through = (value: unknown) => publish(succeed(value))(callOf('list_directories'));

it('lets nothing out that a step has made unfit', async () => {
  await expect(through({ ...head, items: [{ id: 7 }] })).rejects.toThrow(/output schema/u);
});

it('knows what it has let out', async () => {
  const outcome = await through({ ...head, items: [], added: 'by a step' });
  const value = outcome.ok ? outcome.draft.value : undefined;
  expect(value).toEqual({ ...head, items: [] });
  expect(isPublished(value, output)).toBe(true);
  expect(isPublished(value, tools.list_directory_users.output)).toBe(false);
  expect(isPublished({ ...head, items: [] }, output)).toBe(false);
  expect(isPublished(null, output)).toBe(false);
});

it('makes an error, and a record, of what a policy covers that has to be one of a few words', async () => {
  const privacy = { ...PROFILES.off, paths: [{ path: 'environment.kind', mode: 'mask' as const }] };
  const { invoke, records } = gatewayOver(
    async () => page(1),
    () => privacy,
  );
  expect(await invoke(LIST, {}, AGENT)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(records.map(({ status }) => status)).toEqual(['INTERNAL']);
});
