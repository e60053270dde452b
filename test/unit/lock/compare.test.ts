import { describe, expect, it } from 'vitest';
import { bundledLock } from '../../../src/lock/bundled.ts';
import { changesBetween } from '../../../src/lock/compare.ts';
import { contract, lockAfter } from './support.ts';

type Change = (offered: ReturnType<typeof contract>) => void;

const TOOL = 'list_directories';
const tool = (offered: ReturnType<typeof contract>) => offered.tools.find(({ name }) => name === TOOL)!;
const limit = (offered: ReturnType<typeof contract>) => tool(offered).inputSchema.properties.limit;

const CHANGES: readonly (readonly [string, Change, readonly string[]])[] = [
  ['a byte more in a description', (o) => (tool(o).description += ' '), [`${TOOL}: description changed`]],
  [
    'a letter that only looks the same',
    (o) => (tool(o).description = tool(o).description.replace('o', 'о')),
    [`${TOOL}: description changed`],
  ],
  [
    'a character nobody sees',
    (o) => (tool(o).description = `\u200b${tool(o).description}`),
    [`${TOOL}: description changed`],
  ],
  ['another title', (o) => (tool(o).title = 'Directories!'), [`${TOOL}: title changed`]],
  ['a hint', (o) => (tool(o).annotations.readOnlyHint = false), [`${TOOL}: annotations changed`]],
  [
    'a hint less',
    (o) => Reflect.deleteProperty(tool(o).annotations, 'destructiveHint'),
    [`${TOOL}: annotations changed`],
  ],
  ['a limit', (o) => (limit(o).maximum = 101), [`${TOOL}: input schema changed`]],
  ['the text of an argument', (o) => (limit(o).description += '.'), [`${TOOL}: input schema changed`]],
  [
    'a value of an enum',
    (o) => tool(o).outputSchema.properties.environment.properties.kind.enum.push('other'),
    [`${TOOL}: output schema changed`],
  ],
  [
    'no output schema',
    (o) => Reflect.deleteProperty(tool(o), 'outputSchema'),
    [`${TOOL}: output schema removed`],
  ],
  ['a field of a later protocol', (o) => (tool(o).icons = []), [`${TOOL}: icons added`]],
  ['the instructions', (o) => (o.instructions += '.'), ['instructions changed']],
  [
    'writes to production',
    (o) => (o.policy.writes = { ...o.policy.writes, production: true }),
    ['policy default writes changed'],
  ],
  ['a larger result', (o) => (o.policy.agentResultBytes += 1), ['policy default agentResultBytes changed']],
  ['a new default', (o) => (o.policy.watchwords = 'never'), ['policy default watchwords added']],
  [
    'a default less',
    (o) => Reflect.deleteProperty(o.policy, 'callSeconds'),
    ['policy default callSeconds removed'],
  ],
  ['a tool more', (o) => o.tools.push({ ...tool(o), name: 'drop_tables' }), ['tool drop_tables added']],
  ['a tool less', (o) => o.tools.splice(o.tools.indexOf(tool(o)), 1), [`tool ${TOOL} removed`]],
  [
    'another name',
    (o) => (tool(o).name = 'list_folders'),
    [`tool ${TOOL} removed`, 'tool list_folders added'],
  ],
  [
    'several at once, in order',
    (o) => {
      tool(o).title = 'x';
      tool(o).description = 'x';
      o.tools[0].description = 'x';
      o.instructions = 'x';
      o.policy.writes = {};
    },
    [
      'instructions changed',
      'policy default writes changed',
      `${TOOL}: description changed`,
      `${TOOL}: title changed`,
      'list_workos_organizations: description changed',
    ],
  ],
];

describe('a change of what is offered', () => {
  it.each(CHANGES)('%s is named, and nothing else', (_what, change, lines) => {
    expect(changesBetween(bundledLock, lockAfter(change))).toEqual(lines);
  });

  it.each([...contract().tools.keys()])('of any field of tool %i is seen', (index) => {
    const { name, ...fields } = contract().tools[index];
    expect(Object.keys(fields).sort()).toEqual([
      'annotations',
      'description',
      'inputSchema',
      'outputSchema',
      'title',
    ]);
    for (const field of Object.keys(fields)) {
      const after = lockAfter((offered) => (offered.tools[index][field] = null));
      const word = field.replace('Schema', ' schema');
      expect(changesBetween(bundledLock, after)).toEqual([`${name}: ${word} changed`]);
    }
  });

  it('does not depend on the order of the tools', () => {
    expect(
      changesBetween(
        bundledLock,
        lockAfter((o) => (o.tools = o.tools.toReversed())),
      ),
    ).toEqual([]);
  });
});

describe('a lockfile written by somebody else', () => {
  it('can name a tool like a property of every object', () => {
    const accepted = { ...bundledLock, tools: { ...bundledLock.tools, constructor: {} } };
    expect(changesBetween(accepted, bundledLock)).toEqual(['tool constructor removed']);
  });

  it('brings no control characters to the terminal', () => {
    const accepted = { ...bundledLock, policy: { ...bundledLock.policy, 'a\u001b[2Jb\nc': 'x' } };
    expect(changesBetween(accepted, bundledLock)).toEqual(['policy default a [2Jb c removed']);
  });
});
