import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerCounter } from '../../src/metrics/worker-counter.ts';
import { requireBundle } from '../support/bundle.ts';

const counter = createWorkerCounter(join(requireBundle(), '../token-counter.js'));
afterAll(() => counter.close());

const PIECE = 1_024;

describe('the built counter', () => {
  it('counts as the tokenizer does', async () => {
    const texts = ['', 'hello world', '{"id":"org_01","größe":"数 🙂"}'];
    const counts = texts.map((text) => countTokens(text));
    expect(await counter.count(texts)).toEqual({ counts, exact: true });
  });

  it('takes what commands a model as the text it is', async () => {
    const text = 'before <|endoftext|> after <|im_start|>';
    const { counts, exact } = await counter.count([text]);
    expect(exact).toBe(true);
    expect(counts[0]).toBe(countTokens(text, { disallowedSpecial: new Set() }));
  });

  it('counts a run without a break in pieces, whose cost does not grow with its square', async () => {
    const run = 'governance'.repeat(2_000);
    const pieces = run.match(new RegExp(`.{1,${PIECE}}`, 'gu')) ?? [];
    const sum = pieces.reduce((total, piece) => total + countTokens(piece), 0);
    expect(sum).not.toBe(countTokens(run));
    expect(await counter.count([run])).toEqual({ counts: [sum], exact: true });
  });
});
