import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

describe('a flag that means something else in a command', () => {
  it.each([
    ['doctor', /--lock FILE +Compare with this lockfile/u],
    ['doctor', /--json +Print JSON for programs\.\n/u],
    ['serve', /--json +Print one line of JSON for programs, then only logs/u],
    ['tokens', /--read-only +The new token may only read\./u],
    ['audit', /--since TIME +Export or bundle what is newer/u],
    ['kill', /revoke all connection tokens for good/u],
  ])('is told in the help of %s: %s', async (command, words) => {
    expect((await runCli([command, '--help'])).stdout).toMatch(words);
  });
});
