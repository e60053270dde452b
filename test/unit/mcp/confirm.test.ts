import type { ElicitResult, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { confirmThrough } from '../../../src/mcp/confirm.ts';

const { signal } = new AbortController();
const FORMS = { elicitation: { form: {} } };

function askedWith(answer: () => Promise<ElicitResult>) {
  const sent: ServerRequest[] = [];
  const confirm = confirmThrough(FORMS, async (request) => (sent.push(request), answer()), signal);
  return { sent, confirm: confirm! };
}

describe('confirmThrough', () => {
  it('asks a question whose answer is no until the person says yes', async () => {
    const { sent, confirm } = askedWith(async () => ({ action: 'accept', content: { confirm: false } }));
    expect(await confirm('Really?')).toBe(false);
    expect(sent).toMatchObject([
      {
        method: 'elicitation/create',
        params: { message: 'Really?', requestedSchema: { properties: { confirm: { default: false } } } },
      },
    ]);
  });

  it.each([
    [{ action: 'accept', content: { confirm: true } }, true],
    [{ action: 'accept', content: {} }, false],
    [{ action: 'decline' }, false],
    [{ action: 'cancel' }, false],
  ] as const)('takes %o for %s', async (answer, meant) => {
    expect(await askedWith(async () => answer).confirm('?')).toBe(meant);
  });

  it('a question nobody answers is DECLINED', async () => {
    const { confirm } = askedWith(() => Promise.reject(new Error('timed out')));
    await expect(confirm('?')).rejects.toMatchObject({ code: 'DECLINED' });
  });

  it.each([
    [undefined, false],
    [{}, false],
    [{ elicitation: { url: {} } }, false],
    [{ elicitation: {} }, true],
    [FORMS, true],
  ])('with capabilities %o it can ask: %s', (capabilities, can) => {
    const confirm = confirmThrough(capabilities, () => Promise.reject(new Error('unused')), signal);
    expect(confirm !== undefined).toBe(can);
  });
});
