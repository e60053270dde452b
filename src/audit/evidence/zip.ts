import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { StateError } from '../../access/state-error.ts';

const deflate = promisify(deflateRaw);
/** Sizes and places are written in 32 bits, numbers of files in 16. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Version 2.0 of the format: it knows what is used here. */
const VERSION = 20;
const NAMES_ARE_UTF8 = 0x0800;
const DEFLATED = 8;

/** A file of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Zips files one by one, off this thread. Rejects with the signal's reason once it aborts, and with a StateError at 4 GiB. */
export async function zipped(
  entries: AsyncIterable<ZipEntry>,
  made: Date,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    signal.throwIfAborted();
    const data = await deflate(content);
    const path = Buffer.from(name);
    const about = describe(path, content, data, made);
    const local = Buffer.concat([u32(LOCAL), about, path, data]);
    const attributes = Buffer.concat([Buffer.alloc(10), u32(offset)]);
    directory.push(Buffer.concat([u32(CENTRAL), u16(VERSION), about, attributes, path]));
    parts.push(local);
    offset += local.length;
    if (offset > MOST_BYTES || content.length > MOST_BYTES || directory.length > MOST_FILES)
      throw new StateError('That is more than fits into a zip file: choose a shorter period.');
  }
  const central = Buffer.concat(directory);
  const count = u16(directory.length);
  const end = [u32(END), u32(0), count, count, u32(central.length), u32(offset), u16(0)];
  return Buffer.concat([...parts, central, ...end]);
}

/** The fields that a file's own header and the directory share. */
function describe(path: Buffer, content: Uint8Array, data: Buffer, made: Date): Buffer {
  const numbers = [u16(VERSION), u16(NAMES_ARE_UTF8), u16(DEFLATED), dosTime(made), u32(crc32(content))];
  const sizes = [u32(data.length), u32(content.length), u16(path.length), u16(0)];
  return Buffer.concat([...numbers, ...sizes]);
}

/** Time and date as the format has them, in steps of two seconds since 1980; here in UTC. */
function dosTime(made: Date): Buffer {
  const time = (made.getUTCHours() << 11) | (made.getUTCMinutes() << 5) | (made.getUTCSeconds() >> 1);
  const year = Math.max(0, made.getUTCFullYear() - 1980);
  const date = (year << 9) | ((made.getUTCMonth() + 1) << 5) | made.getUTCDate();
  return Buffer.concat([u16(time), u16(date)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
