import { type Flags, UsageError } from './parse.ts';
import type { CommandName } from './usage.ts';

/** Flags of a command, and the only actions of it that take them. */
export interface FlagRule {
  readonly flags: readonly (keyof Flags)[];
  readonly actions: readonly string[];
}

/** Throws UsageError when a flag is given that this action has no use for: whoever gave it expects something of it. */
export function requireFlags(
  command: CommandName,
  action: string,
  given: Flags,
  rules: readonly FlagRule[],
): void {
  for (const { flags, actions } of rules) {
    const none = flags.every((flag) => given[flag] === undefined || given[flag] === false);
    if (none || actions.includes(action)) continue;
    const verb = flags.length === 1 ? 'goes' : 'go';
    throw new UsageError(`${list(flags.map(dashed))} ${verb} with ${list(actions)}.`, command);
  }
}

function dashed(flag: string): string {
  return `--${flag.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

function list(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
