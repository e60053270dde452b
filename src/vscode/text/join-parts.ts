/** The parts that are there, as one line: the description of a row, of a choice, of a fact. */
export function joinParts(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
