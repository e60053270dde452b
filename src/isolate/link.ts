import { Socket } from 'node:net';
import { lineReader } from '../shared/lines.ts';
import type { ToChild } from './messages.ts';
import { BAD_FLAG, type Child, FLAGS, type Program, spawnProgram } from './spawn.ts';

interface LinkOptions {
  readonly program: Program;
  /** The first message. */
  readonly hello: ToChild;
  /** Bytes of one message. */
  readonly line: number;
  /** Told of each line; what it throws breaks the link. */
  readonly receive: (line: string) => void;
  readonly broken: () => void;
  /** The process has ended. */
  readonly ended: () => void;
}

/** A process and the two pipes to it. It does not keep this process alive. */
export class Link {
  readonly #options: LinkOptions;
  readonly #gone = Promise.withResolvers<void>();
  #child: Child;
  #strictness = 0;
  #open = true;
  #unsent = '';
  #accepted = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#child = this.#spawn();
  }

  send(message: ToChild): void {
    if (!this.#open) return;
    if (this.#unsent === '') process.nextTick(() => this.#flush());
    this.#unsent += `${JSON.stringify(message)}\n`;
  }

  /** What is said at one moment goes out at once. */
  #flush(): void {
    if (this.#open) this.#child.stdin.write(this.#unsent);
    this.#unsent = '';
  }

  /** The process has started as it should; its id. */
  accept(): number | undefined {
    this.#accepted = true;
    return this.#child.pid;
  }

  /** Ends the process at once; what it still says is not heard. */
  kill(): void {
    this.#open = false;
    this.#child.kill('SIGKILL');
  }

  /** Resolves when the process is gone; until then this one stays alive. */
  gone(): Promise<void> {
    this.#child.ref();
    return this.#gone.promise;
  }

  #spawn(): Child {
    const { program, hello, line, receive, broken } = this.#options;
    const child = spawnProgram(program, this.#strictness);
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
    const read = lineReader(line, (text) => {
      if (this.#open) receive(text);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.#open) return;
      try {
        read(chunk);
      } catch {
        broken();
      }
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => this.#ended());
    child.on('close', (code) => this.#ended(code));
    child.stdin.write(`${JSON.stringify(hello)}\n`);
    return child;
  }

  /** A runtime that does not know a flag ends at once; then the next, less strict set is tried. */
  #ended(code?: number | null): void {
    if (this.#open && !this.#accepted && code === BAD_FLAG && this.#strictness < FLAGS.length - 1) {
      this.#strictness += 1;
      this.#child = this.#spawn();
      return;
    }
    this.#open = false;
    this.#options.ended();
    this.#gone.resolve();
  }
}
