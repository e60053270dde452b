import type { PastEvent } from './past.ts';

/** Numbers of a page. */
const PAGE = 8_192;

/** Which calls and events of a process were told of, by the trail or the journal: each counts once, whoever tells of it first. */
export class Told {
  /** A bit per call, by pages: numbers of calls have few gaps. */
  readonly #calls = new Map<number, Uint8Array>();
  readonly #events = new Map<string, number>();
  readonly #emitted = new Map<string, number>();

  /** True the first time. */
  call(number: number): boolean {
    const page = Math.floor(number / PAGE);
    const bits = this.#calls.get(page) ?? new Uint8Array(PAGE / 8);
    this.#calls.set(page, bits);
    const at = Math.floor((number % PAGE) / 8);
    const bit = 1 << (number % 8);
    const before = bits[at] ?? 0;
    bits[at] = before | bit;
    return (before & bit) === 0;
  }

  /** How many of the events that a teller tells of now are new: those beyond what the other told of for the same cause. */
  event(teller: 'trail' | 'journal', { kind, cause, count = 1 }: PastEvent): number {
    const event = `${kind} ${cause}`;
    const toldBy = `${teller} ${event}`;
    const all = (this.#events.get(toldBy) ?? 0) + count;
    this.#events.set(toldBy, all);
    const fresh = all - (this.#emitted.get(event) ?? 0);
    if (fresh <= 0) return 0;
    this.#emitted.set(event, all);
    return fresh;
  }
}
