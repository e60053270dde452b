import { describe, expect, it } from 'vitest';
import { toCallResult } from '../../../src/mcp/result.ts';
import { AppError } from '../../../src/shared/errors.ts';

describe('toCallResult', () => {
  it('makes the text the JSON of the structured content', () => {
    const result = toCallResult({ ok: true, value: { complete: true, gone: undefined, at: new Date(0) } });
    expect(result).toEqual({
      content: [{ type: 'text', text: '{"complete":true,"at":"1970-01-01T00:00:00.000Z"}' }],
      structuredContent: { complete: true, at: '1970-01-01T00:00:00.000Z' },
    });
    expect(JSON.stringify(result.structuredContent)).toBe(
      '{"complete":true,"at":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it('makes an error text only, without its cause', () => {
    const error = new AppError(
      { code: 'NOT_FOUND', message: 'No such organization.', hint: 'Call list_workos_organizations.' },
      { cause: new Error('secret') },
    );
    expect(toCallResult({ ok: false, error })).toEqual({
      isError: true,
      content: [
        {
          type: 'text',
          text: '{"code":"NOT_FOUND","message":"No such organization.","hint":"Call list_workos_organizations."}',
        },
      ],
    });
  });

  it.each([
    ['a value JSON cannot hold', { big: 1n }],
    ['a value that is no object', 'text'],
    ['nothing', undefined],
  ])('answers %s with an internal error', (_what, value) => {
    const result = toCallResult({ ok: true, value });
    expect(result.isError).toBe(true);
    expect(result.content).toEqual([{ type: 'text', text: expect.stringContaining('"code":"INTERNAL"') }]);
  });
});
