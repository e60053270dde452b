import { cleanLine } from '../../shared/text.ts';

/** A file name made from names of the account: nothing in it means anything to a file system. */
export function safeFileName(parts: readonly string[], extension: string): string {
  const safe = parts
    .map((part) => fitting(part, { unfit: /[^\p{L}\p{N}._-]+/gu, gap: '-', most: 60 }))
    .filter((part) => part !== '');
  return `${safe.join('-')}.${extension}`;
}

/** A name as the last part of a document's path, which is what its tab shows. */
export function documentTitle(name: string, fallback: string): string {
  return fitting(name, { unfit: /[^\p{L}\p{N}._&,()-]+/gu, gap: ' ', most: 80 }) || fallback;
}

interface Fit {
  readonly unfit: RegExp;
  readonly gap: string;
  readonly most: number;
}

/** Compatible forms first: some of them become characters that are not seen. */
function fitting(name: string, { unfit, gap, most }: Fit): string {
  const fit = cleanLine(name.normalize('NFKC'))
    .replace(unfit, gap)
    .replace(/^[-. ]+|[- ]+$/gu, '');
  return Array.from(fit)
    .slice(0, most)
    .join('')
    .replace(/[-. ]+$/u, '');
}
