import { describe, expect, it } from 'vitest';
import { AccountWatch } from '../../../../src/vscode/views/account-watch.ts';
import { openEnvironments } from '../support.ts';

const STAGING = { name: 'Staging', kind: 'staging', baseUrl: 'https://api.workos.com' } as const;

async function watched() {
  const { environments } = openEnvironments();
  const first = await environments.add(STAGING, 'sk_test_1');
  const second = await environments.add(STAGING, 'sk_test_2');
  await environments.activate(first.id);
  let left = 0;
  const source = {
    active: () => environments.active(),
    key: (id: string) => environments.key(id),
  };
  const watch = new AccountWatch(source, () => void (left += 1));
  return { environments, watch, first, second, left: () => left };
}

describe('AccountWatch', () => {
  it('notices another environment at once', async () => {
    const { environments, watch, second, left } = await watched();
    await environments.activate(second.id);
    const looked = watch.look();
    expect(left()).toBe(1);
    await looked;
    await watch.look();
    expect(left()).toBe(1);
  });

  it('notices another key of the same environment, and its loss', async () => {
    const { environments, watch, first, left } = await watched();
    await environments.setKey(first.id, 'sk_test_other');
    await watch.look();
    expect(left()).toBe(1);
    await environments.remove(first.id);
    await watch.look();
    expect(left()).toBe(2);
  });

  it('leaves rows alone when something else changes', async () => {
    const { environments, watch, first, second, left } = await watched();
    await environments.setKey(second.id, 'sk_test_other');
    await environments.setKey(first.id, 'sk_test_1');
    await watch.look();
    await environments.remove(second.id);
    await watch.look();
    expect(left()).toBe(0);
  });
});
