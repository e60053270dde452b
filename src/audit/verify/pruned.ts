import type { Head } from '../format.ts';

/** A place a chain was cut at, as a `prune` record says. */
export interface Cut extends Head {
  /** All that was removed is from before this time. */
  readonly before: string;
  /** Id of the master key that vouches for the record. */
  readonly issuer: string;
}

/** How far a chain had come, as a checkpoint says. */
export interface Known extends Head {
  readonly time: string;
  /** Id of the master key that vouches for the record. */
  readonly issuer: string;
}

/** True when whoever cut may speak for the chains of this issuer: it is the same one, or all keys were named by whoever asks. */
export function maySpeakFor(cut: Cut, issuer: string | undefined, named: boolean): boolean {
  return named || cut.issuer === issuer;
}

/** True when a prune tells why what a checkpoint knows is not there any more. What is younger than it removes, it does not excuse. */
export function excuses(cut: Cut, known: Known, named: boolean): boolean {
  return (
    cut.chain_id === known.chain_id &&
    cut.seq >= known.seq &&
    known.time < cut.before &&
    maySpeakFor(cut, known.issuer, named)
  );
}
