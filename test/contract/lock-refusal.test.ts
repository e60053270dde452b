import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE, requireBundle } from '../support/bundle.ts';
import { runCli, startCli } from '../support/cli.ts';
import { COMMITTED, fileWith, folder, HELLO, NODES, pinnedElsewhere } from '../support/lockfile.ts';

const READ_ANOTHER = ['call', 'list_directories', '{"limit":1}', '--sandbox'];

let bundle: string;
beforeAll(() => {
  bundle = readFileSync(requireBundle(), 'utf8');
});

const CHANGES = [
  [
    'a description',
    'Organizations (tenants) of the WorkOS account',
    'Organizations (all) of the WorkOS account',
    ['list_workos_organizations: description changed'],
  ],
  [
    'a write tool that claims to read',
    'readOnlyHint:!1',
    'readOnlyHint:!0',
    ['create_workos_organization: annotations changed'],
  ],
  [
    'the text of an argument several tools share',
    'Read one nested list whole',
    'Read one nested list first',
    [
      'get_directory_details: input schema changed',
      'get_organization_details: input schema changed',
      'get_sso_connection_details: input schema changed',
    ],
  ],
  [
    'the instructions',
    'Start from the organization:',
    'Start from any organization:',
    ['instructions changed'],
  ],
  ['writes to production', 'production:!1', 'production:!0', ['policy default writes changed']],
] as const;

describe.each(CHANGES)('a bundle with %s changed after it was built', (_what, from, to, lines) => {
  const refused = {
    code: 3,
    signal: null,
    stdout: '',
    stderr: [
      'workos-mcp: refused: this build differs from the lockfile it was made with.',
      ...lines.map((line) => `  ${line}`),
      'Install it again from where you trust it; after a change of the source run "npm run lock".',
      '',
    ].join('\n'),
  };
  const changed = () => {
    expect(bundle.split(from)).toHaveLength(2);
    return fileWith('changed.js', bundle.replace(from, to));
  };

  it.each(NODES)('is refused over stdio under %s', async (_name, node) => {
    const options = { input: HELLO, node, bundle: changed() };
    expect(await runCli(['stdio', '--sandbox'], options)).toEqual(refused);
  });

  it('opens no endpoint', async () => {
    expect(await startCli(['serve', '--json', '--sandbox'], { bundle: changed() }).ended).toEqual(refused);
  });

  it('makes no call that this concerns', async () => {
    const [tool] = lines[0].split(':');
    const concerned = tool!.includes('_') ? tool! : 'list_directories';
    const { code, stdout, stderr } = await runCli(['call', concerned, '{}', '--sandbox'], {
      bundle: changed(),
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.split('\n').slice(0, 2)).toEqual(refused.stderr.split('\n').slice(0, 2));
  });

  it('still tells what changed', async () => {
    expect(await runCli(['lock', '--check', '--file', COMMITTED], { bundle: changed() })).toMatchObject({
      code: 1,
      stdout: lines.map((line) => `${line}\n`).join(''),
    });
  });
});

it('a call looks at its own tool, unless the person pins them all', async () => {
  const [[, from, to]] = CHANGES;
  const changed = { bundle: fileWith('changed.js', bundle.replace(from, to)) };
  expect(await runCli(READ_ANOTHER, changed)).toMatchObject({ code: 0, stderr: '' });
  const pinned = await runCli([...READ_ANOTHER, '--lock', COMMITTED], changed);
  expect(pinned).toMatchObject({ code: 3, stdout: '' });
  expect(pinned.stderr).toContain('\n  list_workos_organizations: description changed\n');
});

describe('--lock', () => {
  it('serves when the pinned file fits', async () => {
    const { code, stdout, stderr } = await runCli([...READ_ANOTHER, '--lock', COMMITTED]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ environment: { kind: 'sandbox' } });
    const served = await runCli(['stdio', '--sandbox', '--lock', COMMITTED], { input: HELLO });
    expect(served).toMatchObject({ code: 0, stderr: '' });
    expect(served.stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it.each([
    ['stdio', ['stdio', '--sandbox']],
    ['serve', ['serve', '--json', '--sandbox']],
    ['call of another tool', ['call', 'list_sso_connections', '{}', '--sandbox']],
  ])('refuses %s when it does not, and says what changed', async (_what, args) => {
    const file = pinnedElsewhere();
    expect(await runCli([...args, '--lock', file], { input: HELLO })).toEqual({
      code: 3,
      signal: null,
      stdout: '',
      stderr: [
        `workos-mcp: refused: this build differs from ${file}.`,
        '  list_directories: description changed',
        `To accept what this build offers: workos-mcp lock --file ${JSON.stringify(file)}`,
        '',
      ].join('\n'),
    });
  });

  it.each([
    ['is not there', () => join(folder, 'missing.lock'), 'does not exist.'],
    ['is a folder', () => folder, "can't be read: it is a folder."],
    ['is something else', () => BUNDLE, 'is no lockfile of workos-mcp: it is not JSON.'],
  ])('refuses when the file %s', async (_what, file, reason) => {
    const { code, stdout, stderr } = await runCli(['stdio', '--sandbox', '--lock', file()], { input: HELLO });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`workos-mcp: refused: ${file()} ${reason}`);
  });
});
