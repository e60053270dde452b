import { isOurs } from './labels.ts';
import { Latency } from './latency.ts';
import { isError, type PastCall, type TokenUse } from './past.ts';
import { costOf, type Price } from './prices.ts';

/** Sums over some calls: of a tool, a client or a process in a span of time, or of all. */
export class Cell {
  calls = 0;
  errors = 0;
  ms = 0;
  longestMs = 0;
  bytes = 0;
  /** When the last one began, in milliseconds since 1970. */
  last = 0;
  /** How many values were covered. */
  covered = 0;
  argumentTokens = 0;
  resultTokens = 0;
  savedTokens = 0;
  /** Calls whose tokens were estimated, not counted. */
  estimated = 0;
  /** Agents' calls whose tokens are not known: not yet, or never, when their process was killed. Below 0 where a name lost its place in between. */
  uncounted = 0;
  cost = 0;
  savedCost = 0;
  readonly latency = new Latency();

  /** Counts a call, but not its tokens. */
  addCall({ at, client, ms, bytes, status, covered = {} }: PastCall): void {
    this.calls += 1;
    if (isError(status)) this.errors += 1;
    if (!isOurs(client)) this.uncounted += 1;
    this.ms += ms;
    this.longestMs = Math.max(this.longestMs, ms);
    this.bytes += bytes;
    this.last = Math.max(this.last, at);
    for (const count of Object.values(covered)) this.covered += count;
    this.latency.add(ms);
  }

  /** Counts the tokens of a call; they are known later than the call. */
  addTokens(tokens: TokenUse, price: Price): void {
    this.argumentTokens += tokens.arguments;
    this.resultTokens += tokens.result;
    this.savedTokens += tokens.saved;
    this.uncounted -= 1;
    if (!tokens.exact) this.estimated += 1;
    this.cost += costOf(price, { input: tokens.result, output: tokens.arguments });
    this.savedCost += costOf(price, { input: tokens.saved, output: 0 });
  }

  /** Counts everything the other one counted. */
  merge(other: Cell): void {
    this.calls += other.calls;
    this.errors += other.errors;
    this.ms += other.ms;
    this.longestMs = Math.max(this.longestMs, other.longestMs);
    this.bytes += other.bytes;
    this.last = Math.max(this.last, other.last);
    this.covered += other.covered;
    this.argumentTokens += other.argumentTokens;
    this.resultTokens += other.resultTokens;
    this.savedTokens += other.savedTokens;
    this.estimated += other.estimated;
    this.uncounted += other.uncounted;
    this.cost += other.cost;
    this.savedCost += other.savedCost;
    this.latency.merge(other.latency);
  }
}

/** The cell under a name, made if it is not there. */
export function cellAt(cells: Map<string, Cell>, name: string): Cell {
  const cell = cells.get(name) ?? new Cell();
  cells.set(name, cell);
  return cell;
}
