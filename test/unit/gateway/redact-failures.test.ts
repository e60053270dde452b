import { describe, expect, it, vi } from 'vitest';
import type { GatewayOptions, Runner } from '../../../src/gateway/gateway.ts';
import type { Call } from '../../../src/gateway/steps.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { gatewayOver, LIST, page, SSN } from './leaky.ts';
import { AGENT, PERSON } from './support.ts';

describe('redaction that fails', () => {
  const broken = () => {
    throw new Error(`no policy for ${SSN}`);
  };
  const withheld = { ok: false, error: { code: 'INTERNAL', message: expect.stringContaining('withheld') } };

  it.each<[string, Runner, GatewayOptions['privacy']]>([
    ['for want of a policy', async () => page(1), broken],
    [
      'in an error',
      () => Promise.reject(new AppError({ code: 'NOT_FOUND', message: SSN, hint: SSN })),
      broken,
    ],
    [
      'in progress',
      async ({ progress }) => {
        progress({ message: SSN });
        return page(1);
      },
      broken,
    ],
    ['in a question', async ({ confirm }) => ({ value: await confirm?.(SSN) }), broken],
  ])('%s answers an error, and lets nothing out', async (_where, run, privacy) => {
    const progress = vi.fn<Call['progress']>();
    const confirm = vi.fn<(question: string) => Promise<boolean>>(async () => true);
    const { invoke, logger, records } = gatewayOver(run, privacy);
    const outcome = await invoke(LIST, {}, AGENT, { progress, confirm });
    expect(outcome).toMatchObject(withheld);
    expect(progress).not.toHaveBeenCalled();
    expect(confirm).not.toHaveBeenCalled();
    expect(JSON.stringify([outcome, records])).not.toContain(SSN);
    expect(logger.lines).toEqual([expect.stringContaining('redaction failed')]);
    expect(logger.lines.join()).not.toContain(SSN);
    expect(records.map(({ status }) => status)).toEqual(['INTERNAL']);
  });

  it('is no matter to a person', async () => {
    const { invoke } = gatewayOver(async () => page(1), broken);
    expect(await invoke(LIST, {}, PERSON)).toMatchObject({ ok: true });
  });
});
