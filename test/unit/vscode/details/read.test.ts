import { expect, it } from 'vitest';
import { readDetails } from '../../../../src/vscode/details/read.ts';
import { startBench } from '../../tools/support.ts';
import { invokeOn } from '../invoke.ts';

it('reads each kind of object, and stops when it is told', async () => {
  const bench = await startBench();
  const invoke = invokeOn(bench);
  const never = new AbortController().signal;
  const { id, name } = bench.organization('Acme Corp');
  const directory = bench.directory('Acme Okta Directory');
  const connection = bench.account.connections.find(({ organization_id }) => organization_id === id)!;
  const targets = [
    [{ kind: 'organization', id }, name],
    [{ kind: 'directory', id: directory.id }, directory.name],
    [{ kind: 'connection', id: connection.id }, connection.name],
  ] as const;
  for (const [target, expected] of targets) {
    const { kind, outcome } = await readDetails(invoke, target, { signal: never });
    expect([kind, outcome.ok && outcome.value.name]).toEqual([target.kind, expected]);
  }
  const before = bench.sandbox.requests.count();
  const { outcome } = await readDetails(invoke, targets[0][0], { signal: AbortSignal.abort() });
  expect(outcome.ok).toBe(false);
  expect(bench.sandbox.requests.count()).toBe(before);
});

it('reads what agents see when it is to, and masks nothing otherwise', async () => {
  const bench = await startBench();
  const organization = bench.organization('Acme Corp');
  organization.metadata['bank'] = 'DE89370400440532013000';
  const target = { kind: 'organization', id: organization.id } as const;
  const read = async (redacted: boolean) => {
    const { outcome } = await readDetails(invokeOn(bench), target, { redacted });
    return outcome.ok && [JSON.stringify(outcome.value).includes('DE89'), outcome.value.redacted];
  };
  expect(await read(true)).toEqual([false, { iban: 1 }]);
  expect(await read(false)).toEqual([true, undefined]);
});
