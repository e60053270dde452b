import { open, type FileHandle } from 'node:fs/promises';
import { READ_WITHOUT_WAITING } from '../shared/read-flags.ts';

const CHUNK = 2 ** 18;
/** A longer line is none of ours: memory stays bounded whatever a file holds. */
const LONGEST_LINE = 2 ** 20;
const LINE_END = 0x0a;

/** A file of lines that is only ever added to, read on from where the last reading ended. */
export class GrowingFile {
  readonly #path: string;
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines added since, some at a time; none of a file that is gone, and none of what is no file. A line without its end is read once it has one. */
  async *lines(): AsyncGenerator<readonly string[]> {
    const handle = await open(this.#path, READ_WITHOUT_WAITING).catch(() => undefined);
    if (handle === undefined) return;
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return;
      // What is cut off at the end, as a torn line, was never read as a line.
      this.#offset = Math.min(this.#offset, stat.size);
      if (stat.size > this.#offset) yield* this.#read(handle);
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  async *#read(handle: FileHandle): AsyncGenerator<readonly string[]> {
    const chunk = Buffer.alloc(CHUNK);
    let rest = Buffer.alloc(0);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK, this.#offset + rest.length);
      if (bytesRead === 0) return;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const lines: string[] = [];
      let start = 0;
      for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
        lines.push(bytes.toString('utf8', start, end));
        start = end + 1;
      }
      this.#offset += start;
      yield lines;
      rest = bytes.subarray(start);
      if (rest.length <= LONGEST_LINE) continue;
      this.#offset += rest.length;
      rest = Buffer.alloc(0);
    }
  }
}
