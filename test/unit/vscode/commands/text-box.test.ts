import { describe, expect, it } from 'vitest';
import { acceptedText, showProblem, type TextBox } from '../../../../src/vscode/commands/text-box.ts';

const { signal } = new AbortController();
const box = (value: string): TextBox => ({ value, validationMessage: undefined, busy: false, enabled: true });
const fine = () => undefined;

describe('the text of a box', () => {
  it('is taken when nothing is wrong with it', async () => {
    expect(await acceptedText(box('a'), { problem: fine }, signal)).toBe('a');
    expect(await acceptedText(box('a'), { problem: fine, check: async () => undefined }, signal)).toBe('a');
  });

  it('is not taken while something is wrong, which is shown', async () => {
    const typed = box('a');
    expect(await acceptedText(typed, { problem: () => 'Wrong.' }, signal)).toBeUndefined();
    expect(typed.validationMessage).toBe('Wrong.');
    const tried = box('a');
    const check = async () => {
      expect([tried.busy, tried.enabled]).toEqual([true, false]);
      return 'Refused.';
    };
    expect(await acceptedText(tried, { problem: fine, check }, signal)).toBeUndefined();
    expect(tried).toEqual({ ...box('a'), validationMessage: 'Refused.' });
  });

  it('can be typed again after a check that broke', async () => {
    const typed = box('a');
    const check = () => Promise.reject(new Error('no network stack'));
    await expect(acceptedText(typed, { problem: fine, check }, signal)).rejects.toThrow('no network stack');
    expect(typed).toEqual(box('a'));
  });

  it('is not taken once the box was left', async () => {
    const left = new AbortController();
    const check = async () => left.abort();
    const checks = { problem: fine, check: async () => check().then(fine) };
    expect(await acceptedText(box('a'), checks, left.signal)).toBeUndefined();
  });

  it('is no command, even where the problem repeats it', () => {
    const typed = box('[Fix it](command:workbench.action.quit)');
    showProblem(typed, `"${typed.value}" $(check) is not of the form key=value.`);
    expect(typed.validationMessage).toBe(
      '"[Fix it] (command:workbench.action.quit)" $ (check) is not of the form key=value.',
    );
    showProblem(typed, undefined);
    expect(typed.validationMessage).toBeUndefined();
  });
});
