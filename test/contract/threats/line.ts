/** One way to attack, what stands against it, and the test that fails when that is taken out. */
export interface ThreatLine {
  /** What an attacker does. */
  readonly attack: string;
  /** Takes the defence out: the one place in the file that reads `from` becomes `to`. */
  readonly without: { readonly file: string; readonly from: string; readonly to: string };
  /** The test: its file, and how its full name begins, groups included: `group > name`. */
  readonly test: { readonly file: string; readonly name: string };
}

/** The lines of one threat. */
export interface Threat {
  readonly name: string;
  readonly lines: readonly ThreatLine[];
}

type Edit = readonly [file: string, from: string, to: string];
type Test = readonly [file: string, name: string];

/** A threat from rows of `[attack, edit, test]`. */
export function threat(name: string, rows: readonly (readonly [string, Edit, Test])[]): Threat {
  return {
    name,
    lines: rows.map(([attack, [file, from, to], [testFile, testName]]) => ({
      attack,
      without: { file, from, to },
      test: { file: testFile, name: testName },
    })),
  };
}
