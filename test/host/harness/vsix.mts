// Packs test extensions as .vsix: a zip with the extension in a folder, stored without compression.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const TYPES = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension=".json" ContentType="application/json"/><Default Extension=".js" ContentType="application/javascript"/>
</Types>`;
/** 1980-01-01, the earliest date a zip can hold: the file depends on its content only. */
const DATE = 0x21;

/** Packs the folder of an extension into `file` and returns it. */
export function packVsix(extensionDir: string, file: string): string {
  const names = readdirSync(extensionDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(extensionDir.length + 1));
  const entries = names.map((name) => ({
    name: `extension/${name}`,
    data: readFileSync(join(extensionDir, name)),
  }));
  writeFileSync(file, zip([{ name: '[Content_Types].xml', data: Buffer.from(TYPES) }, ...entries]));
  return file;
}

function zip(files: readonly { name: string; data: Buffer }[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const path = Buffer.from(name);
    const common = commonHeader(data, path.length);
    const body = Buffer.concat([uint32(0x04034b50), common, path, data]);
    // Made by, then after the common part: comment length, disk, attributes, where the body is.
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(uint32(0x02014b50), uint16(20), common, rest, path);
    bodies.push(body);
    offset += body.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listing, uint32(0x06054b50), end]);
}

/** The 26 bytes that stand in the file's own header and in the directory: version to extra-field length. */
function commonHeader(data: Buffer, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(DATE, 8);
  header.writeUInt32LE(crc32(data), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
