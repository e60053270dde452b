import type { CallRecord, Observer, Payload } from '../gateway/record.ts';
import type { Logger } from '../shared/logger.ts';
import type { Cell } from './cell.ts';
import { Feed } from './feed.ts';
import { Incidents } from './incidents.ts';
import { LatestNames } from './labels.ts';
import { feedEntry, pastCall } from './measured-call.ts';
import type {
  Kept,
  MetricsSink,
  MetricsSource,
  Past,
  PastCall,
  PastEvent,
  PastMore,
  TokenUse,
} from './past.ts';
import { priceFor, type Prices } from './prices.ts';
import { type Report, reportSpan } from './report.ts';
import { tokensOf } from './token-use.ts';
import type { TokenCounter } from './tokens.ts';
import { Totals } from './totals.ts';
import { MOST_LABELS, SPANS, Windows } from './window.ts';

export interface MeterOptions {
  /** Names this process: `THIS_PROCESS`. */
  readonly process: string;
  readonly counter: TokenCounter;
  readonly prices: Prices;
  /** Where this process' own records are kept for others. */
  readonly sink?: MetricsSink;
  /** Told of calls that could not be counted. */
  readonly logger?: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The longest span, and the bucket it begins in. */
const LONGEST_MS = (SPANS['7d'].count + 1) * SPANS['7d'].bucketMs;

/** Everything that is measured in one process, and what it was told of the past. A call is counted once it has been answered, or when somebody asks. */
export class Meter {
  readonly #totals = new Totals();
  readonly #incidents = new Incidents();
  readonly #feed = new Feed();
  /** Finished calls that are not counted yet. */
  #waiting: Parameters<Observer>[] = [];
  readonly #options: Required<Pick<MeterOptions, 'now'>> & MeterOptions;
  readonly #windows = new Windows();
  readonly #tokenNames = new LatestNames(MOST_LABELS.token);
  /** Open sessions by process. */
  readonly #sessions = new Map<string, number>();
  readonly #counting = new Set<Promise<void>>();

  constructor(options: MeterOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /** Takes a finished call. */
  readonly observe: Observer = (...call) => {
    if (this.#waiting.push(call) === 1) setImmediate(() => this.#catchUp());
  };

  get totals(): Totals {
    this.#catchUp();
    return this.#totals;
  }

  get incidents(): Incidents {
    this.#catchUp();
    return this.#incidents;
  }

  get feed(): Feed {
    this.#catchUp();
    return this.#feed;
  }

  /** Takes note of what is no call. */
  event(event: Pick<PastEvent, 'kind' | 'cause' | 'tool' | 'client' | 'count'>): void {
    const { now, process } = this.#options;
    this.#keep({ type: 'event', at: now(), process, ...event });
  }

  /** Says how many sessions this process has open from now on. */
  sessions(open: number): void {
    const { now, process } = this.#options;
    this.#keep({ type: 'sessions', at: now(), process, open });
  }

  /** Counts what a source knows of the past, other processes' calls among it. */
  async rebuild(source: MetricsSource): Promise<void> {
    for await (const past of source.read(this.#options.now() - LONGEST_MS)) this.#add(past);
  }

  /** Open sessions of this process, and of those a source knew of. */
  liveSessions(): number {
    return [...this.#sessions.values()].reduce((sum, open) => sum + open, 0);
  }

  /** All figures as they are now. */
  report(): Report {
    this.#catchUp();
    const { now, prices } = this.#options;
    const span = (name: keyof typeof SPANS) =>
      reportSpan(this.#windows.sums(name, now()), prices.currency, (id) => this.#tokenNames.of(id));
    return {
      time: new Date(now()).toISOString(),
      live_sessions: this.liveSessions(),
      spans: { '24h': span('24h'), '7d': span('7d') },
      incidents: this.incidents.list().filter(({ last }) => last >= now() - LONGEST_MS),
    };
  }

  /** Resolves once everything is counted and kept. */
  async close(): Promise<void> {
    this.#catchUp();
    await this.#options.counter.close();
    await Promise.all(this.#counting);
    await this.#options.sink?.close();
  }

  #catchUp(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    for (const [record, payload] of calls) {
      try {
        this.#take(record, payload);
      } catch (thrown) {
        const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
        this.#options.logger?.error(`call ${record.call} was not counted: ${what}`);
      }
    }
  }

  #take(record: CallRecord, payload: Payload): void {
    const call = pastCall(record, this.#options.process);
    this.#add(call);
    this.#totals.addCall(call);
    this.#feed.add(feedEntry(record, call, payload));
    // No model reads what a person asks for.
    if (record.caller.kind === 'person') {
      this.#options.sink?.write(call);
      return;
    }
    const counted = this.#count(call, payload).finally(() => this.#counting.delete(counted));
    this.#counting.add(counted);
  }

  #keep(past: Kept): void {
    this.#catchUp();
    this.#add(past);
    this.#options.sink?.write(past);
  }

  #add(past: Past): void {
    if (past.type === 'sessions') {
      this.#sessions.set(past.process, past.open);
      return;
    }
    this.#incidents.add(past);
    if (past.type === 'event') return;
    if (past.type === 'call') for (const cell of this.#cells(past)) cell.addCall(past);
    if (past.tokens !== undefined) this.#addTokens(past, past.tokens);
  }

  #addTokens(call: PastCall | PastMore, tokens: TokenUse): void {
    const price = priceFor(this.#options.prices, call.client);
    for (const cell of this.#cells(call)) cell.addTokens(tokens, price);
  }

  #cells(call: PastCall | PastMore): readonly Cell[] {
    const { at, token, tokenId } = call;
    if (token !== undefined && tokenId !== undefined) this.#tokenNames.hear(tokenId, token, at);
    return this.#windows.cells(at, { ...call, token: tokenId ?? token }, this.#options.now());
  }

  async #count(call: PastCall, payload: Payload): Promise<void> {
    const tokens = await tokensOf(payload, this.#options.counter);
    this.#addTokens(call, tokens);
    this.#totals.addTokens(call.tool, tokens);
    this.#options.sink?.write({ ...call, tokens });
  }
}
