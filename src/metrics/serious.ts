import type { IncidentKind } from './causes.ts';
import type { Incident } from './incidents.ts';

/** The most serious first; the last two are made by every ordinary reading. */
const RANKS: Readonly<Record<IncidentKind, number>> = {
  honeypot: 0,
  kill: 1,
  access: 2,
  failure: 3,
  heal: 4,
  approval: 5,
  error: 6,
  dlp: 7,
  taint: 8,
};

/** The `most` incidents that a person should see, the most serious kinds first, and how many are left out. Of each kind the latest is there before a second of any. */
export function mostSerious(
  incidents: readonly Incident[],
  most: number,
): { readonly shown: readonly Incident[]; readonly hidden: number } {
  const ranked = incidents.toSorted((a, b) => RANKS[a.kind] - RANKS[b.kind] || b.last - a.last);
  const isFirst = ({ kind }: Incident, at: number) => ranked[at - 1]?.kind !== kind;
  const firsts = ranked.filter(isFirst);
  const rest = ranked.filter((incident, at) => !isFirst(incident, at));
  const chosen = new Set([...firsts, ...rest].slice(0, most));
  return { shown: ranked.filter((incident) => chosen.has(incident)), hidden: ranked.length - chosen.size };
}
