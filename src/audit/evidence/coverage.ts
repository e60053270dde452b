import type { Choice } from './choose.ts';
import type { ChainSummary } from './summary.ts';

export interface CoverageFacts {
  readonly choice: Choice;
  /** Begin of the period, ISO; empty for all there is. */
  readonly since: string;
  /** Files without a single record. They are in the bundle. */
  readonly unreadable: readonly string[];
  readonly made: string;
}

/** What a bundle is evidence for, and what it is not, for a person and for programs. */
export function coverageOf({
  choice: { chains, checkpoints, leftOut },
  since,
  made,
  unreadable,
}: CoverageFacts): object {
  const count = (of: (chain: ChainSummary) => number) => chains.reduce((sum, chain) => sum + of(chain), 0);
  const calls = count(({ intents }) => intents);
  return {
    period: { from: since === '' ? (earliest(chains) ?? made) : since, to: made },
    supports_evidence_for: SUPPORTS,
    chains: chains.map(describeChain),
    records: count(({ records }) => records),
    records_in_period: count(({ inPeriod }) => inPeriod),
    calls,
    calls_without_outcome: calls - count(({ outcomes }) => outcomes),
    checkpoints: checkpoints.map(({ name, head: { chain_id, seq, hash } }) => ({
      file: `audit/checkpoints/${name}`,
      chain_id,
      seq,
      hash,
    })),
    chains_left_out: leftOut.map(({ name, chainId, times, records }) => ({
      name,
      chain_id: chainId,
      from: times[0],
      to: times[1],
      records,
    })),
    not_covered: [
      ...NOT_COVERED,
      ...unreadable.map((name) => `audit/${name} holds no record: the verifier says more.`),
      ...shortcomings(chains),
    ],
  };
}

/** Duties of the EU AI Act that records like these help to show. Whether they are met is not for a program to say. */
const SUPPORTS: readonly string[] = [
  'EU AI Act Art. 12: events are recorded automatically.',
  'EU AI Act Art. 14(4)(e): uses of the stop button are recorded (events kill.stopped and kill.resumed).',
  'EU AI Act Art. 26(6): logs are kept; 400 days by default, six months are asked for.',
];

const NOT_COVERED: readonly string[] = [
  'Arguments and results themselves: records hold an HMAC of the one and a hash of the other.',
  'What was done to the WorkOS account by other ways than this program: the dashboard, other keys, other machines.',
  'Other users of this machine, and other machines: each has a trail of its own.',
  'Chains whose every file and checkpoint is gone leave no trace here.',
  'Whoever has the account of the user can sign with a key file, or read the memory of a running process, and write another history. Checkpoints and public keys kept elsewhere are the remedy.',
];

function describeChain(chain: ChainSummary): object {
  const { chain_id: _first, ...first } = chain.first;
  const { chain_id: _last, ...last } = chain.last;
  return {
    name: chain.name,
    chain_id: chain.chainId,
    files: chain.files.map(({ name }) => `audit/${name}`),
    first,
    last,
    records: chain.records,
    records_in_period: chain.inPeriod,
    calls: chain.intents,
    calls_without_outcome: chain.intents - chain.outcomes,
    ended: chain.ended,
    gaps: chain.gaps,
    issuers: chain.issuers,
    assurance: chain.assurances,
    processes: chain.processes,
  };
}

function shortcomings(chains: readonly ChainSummary[]): string[] {
  return chains.flatMap((chain) => {
    const { name, first, gaps, ended, unreadable, intents, outcomes, files } = chain;
    const torn = files.reduce((sum, file) => sum + file.torn, 0);
    return [
      ...(first.seq > 0
        ? [`${name}: records 0 to ${first.seq - 1} are not there; older ones are pruned.`]
        : []),
      ...(gaps.length > 0
        ? [`${name}: ${gaps.length} times something could not be recorded; see its gaps.`]
        : []),
      ...(ended ? [] : [`${name}: has no stop record: its process ran when this was made, or was killed.`]),
      ...(intents > outcomes ? [`${name}: of ${intents - outcomes} calls the outcome is not known.`] : []),
      ...(unreadable > 0 ? [`${name}: ${unreadable} lines are no records: the verifier says more.`] : []),
      ...(torn > 0 ? [`${name}: ${torn} bytes of a record that was not finished were left out.`] : []),
    ];
  });
}

function earliest(chains: readonly ChainSummary[]): string | undefined {
  return chains.map(({ times }) => times[0]).toSorted()[0];
}
