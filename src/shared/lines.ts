const NEWLINE = 0x0a;

/** Cuts bytes into lines. Throws a RangeError once a line has more bytes than `most`, before it is whole. */
export function lineReader(most: number, onLine: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  const keep = (part: Buffer) => {
    held += part.length;
    if (held > most) throw new RangeError(`A line is longer than ${most} bytes.`);
    parts.push(part);
  };
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      const line = Buffer.concat(parts).toString();
      parts = [];
      held = 0;
      start = end + 1;
      onLine(line);
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  };
}
