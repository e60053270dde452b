import { beforeAll, describe, expect, it } from 'vitest';
import { searchPerson } from '../../../../src/vscode/commands/person-search.ts';
import { type Bench, startBench } from '../../tools/support.ts';
import { invokeOn } from '../invoke.ts';

let bench: Bench;
const never = new AbortController().signal;
const report = () => undefined;

beforeAll(async () => {
  bench = await startBench();
});

describe('looking for a person', () => {
  it('finds them, and the names of all directories of the organization', async () => {
    const directory = bench.directory('Acme Okta Directory');
    const organization = directory.organization_id;
    const more = Array.from({ length: 120 }, (_, index) => ({
      ...directory,
      id: `directory_more_${index}`,
      name: index === 0 ? '' : `More ${index}`,
    }));
    bench.account.directories.push(...more);
    const [user] = bench.account.usersOf(directory.id);
    const search = { organization, email: user!.email!, signal: never, report };
    const outcome = await searchPerson(invokeOn(bench), search);
    bench.account.directories.splice(-more.length);
    const found = outcome.ok ? outcome.value : undefined;
    expect(found?.people.map(({ id }) => id)).toContain(user!.id);
    expect(found?.directories.get(directory.id)).toBe('Acme Okta Directory');
    expect(found?.directories.get('directory_more_119')).toBe('More 119');
    expect(found?.directories.get('directory_more_0')).toBe('directory_more_0');
    expect(found?.complete).toBe(true);
  });

  it('says why it could not', async () => {
    const search = { organization: 'org_none', email: 'a@b.example', signal: never, report };
    expect(await searchPerson(invokeOn(bench), search)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
