import type { Clock } from '../../../src/vscode/endpoint/clock.ts';

/** Time that passes when the test says so; while the machine sleeps, nobody is called back. */
export class HandClock implements Clock {
  readonly #looks = new Map<symbol, { ms: number; look: () => void; next: number }>();
  #now = 1_000;

  now(): number {
    return this.#now;
  }

  every(ms: number, look: () => void): () => void {
    const id = Symbol('look');
    this.#looks.set(id, { ms, look, next: this.#now + ms });
    return () => void this.#looks.delete(id);
  }

  get waiting(): number {
    return this.#looks.size;
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#looks.values()].toSorted((a, b) => a.next - b.next)[0];
      if (due === undefined || due.next > end) break;
      this.#now = due.next;
      due.next += due.ms;
      due.look();
    }
    this.#now = end;
  }

  sleep(ms: number): void {
    this.#now += ms;
    for (const each of this.#looks.values()) each.next += ms;
  }
}
