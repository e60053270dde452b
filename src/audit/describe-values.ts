import { createHmac, type KeyObject } from 'node:crypto';
import { shortLine } from '../shared/text.ts';
import { canonical, sha256 } from './canonical.ts';

const LONGEST_NAME = 100;

/** A value as a text that equal values share, and whether that is its canonical form. */
interface ValueText {
  readonly text: string;
  readonly form: 'jcs' | 'json' | 'none';
}

/** RFC 8785 has no form for halves of characters, and nothing has one for what is too deep: they get what there is. */
function textOf(value: unknown): ValueText {
  try {
    return { text: canonical(value), form: 'jcs' };
  } catch {
    try {
      return { text: JSON.stringify(value) ?? '', form: 'json' };
    } catch {
      return { text: '', form: 'none' };
    }
  }
}

/** What is recorded of arguments: nobody without the key can tell by guessing what they were. */
export function describeArguments(input: unknown, key: KeyObject) {
  const { text, form } = textOf(input ?? {});
  const args_hmac = createHmac('sha256', key).update(text).digest('hex');
  return { args_hmac, args_bytes: Buffer.byteLength(text), ...(form !== 'jcs' && { args_form: form }) };
}

/** What is recorded of an answer. */
export function describeResult(value: unknown) {
  const { text, form } = textOf(value);
  return { result_hash: sha256(text), ...(form !== 'jcs' && { result_form: form }) };
}

/** A name from outside: one short line. */
export function describeName(name: string): string {
  return shortLine(name, LONGEST_NAME);
}
