import type { AppError } from './errors.ts';

/** Looks for decoys in what passes; whoever carries one has stolen it, since nobody was ever given any. */
export interface Lookout {
  /** Looks at a text. Where a decoy is in it, everything is stopped by the time this returns the error to refuse with. The person is told `where`, in our own words, and `by` whom, as they call themselves. */
  look(text: string, where: string, by?: string): AppError | undefined;
  /** The decoy API key of this machine, for the process of the tools. */
  decoyKey(): string;
}

/** Throws where a decoy is in the text; without a lookout nobody looks. */
export function requireNoDecoy(lookout: Lookout | undefined, text: string, where: string, by?: string): void {
  const refusal = lookout?.look(text, where, by);
  if (refusal !== undefined) throw refusal;
}
