import { describe, expect, it } from 'vitest';
import { canonical } from '../../../src/audit/canonical.ts';
import { seal } from '../../../src/audit/seal.ts';
import { at, CHAIN, note, session } from './signed-chains.ts';

const sealed = () =>
  seal(note(session), { chainId: CHAIN, seq: 1, prevHash: 'a'.repeat(64) }, session, at(1));

describe('a sealed record', () => {
  it('stands in its line in canonical form', () => {
    const { record, line } = sealed();
    expect(line).toBe(`${canonical(record)}\n`);
  });

  it('has an id of its own that begins with its time: a UUID of version 7', () => {
    const ids = [sealed(), sealed()].map(({ record }) => record.event_id);
    const [one, other] = ids;
    expect(one).not.toBe(other);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(at(1).getTime());
    }
  });
});
