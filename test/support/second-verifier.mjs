// The other half of the second verifier: files, chains and checkpoints.
import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { certified, genuine, jcs, linesIn, sha, whole } from './second-verifier-records.mjs';

function check(lines, masters, named) {
  const good = [];
  const read = lines.map(whole);
  const versions = new Set(lines.map(versionOf));
  const [version] = versions;
  if (versions.size === 1 && version !== 1 && version !== undefined) return { unverifiable: true, good };
  let [seq, prev, id] = [0, '0'.repeat(64), undefined];
  if (read[0]?.kind === 'continue') [seq, prev, id] = [read[0].seq, read[0].prev_hash, read[0].chain_id];
  let key;
  let certificate;
  const fits = (record) =>
    record !== undefined &&
    (id ?? record.chain_id) === record.chain_id &&
    record.seq === seq &&
    record.prev_hash === prev;
  for (const [index, record] of read.entries()) {
    const or = (kind) => ({
      bad: { kind: fits(read[index + 1]) ? 'inserted' : kind, seq },
      id,
      good,
    });
    if (record === undefined) return or('altered');
    if (!fits(record)) return { bad: misplaced(record, index), id, good };
    if (['start', 'continue', 'key-rotation'].includes(record.kind)) {
      const issuer = certificate?.issuer;
      certificate = record.body.certificate;
      key = certified(certificate, record, masters);
      if (issuer !== undefined && issuer !== certificate?.issuer) return or('forged');
    }
    if (key === undefined || certificate === undefined || (named && !key.known)) return or('forged');
    if (!genuine(record, certificate, key.key)) return or('forged');
    good.push(record);
    [seq, prev, id] = [seq + 1, record.hash, record.chain_id];
  }
  return { good, id, unverifiable: key?.known !== true, issuer: certificate?.issuer };

  function misplaced(record, index) {
    if ((id ?? record.chain_id) !== record.chain_id) return { kind: 'inserted', seq };
    if (record.seq === seq) return { kind: 'forged', seq };
    const same = lines.filter((line) => lines[index]?.equals(line));
    if (same.length > 1) return { kind: 'duplicated', seq: record.seq };
    if (record.seq < seq) return { kind: 'inserted', seq };
    return { kind: read.slice(index).some((other) => other?.seq === seq) ? 'reordered' : 'deleted', seq };
  }
}

function versionOf(line) {
  try {
    return JSON.parse(line.toString()).v;
  } catch {
    return undefined;
  }
}

function keysIn(path, strict) {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.pub'))
        .map((name) => join(path, name))
    : [path];
  return new Map(
    files.flatMap((file) => {
      try {
        const key = createPublicKey(readFileSync(file));
        const raw = key.export({ type: 'spki', format: 'der' }).subarray(-32);
        return [[sha(raw).slice(0, 32), key]];
      } catch (thrown) {
        if (strict) throw thrown;
        return [];
      }
    }),
  );
}

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
const headsOf = ({ kind, body }, issuer) =>
  kind === 'prune' ? body.heads.map((head) => ({ ...head, before: body.before, issuer })) : [];

function checkpoint(file, masters) {
  try {
    const { type, v, record, certificate } = JSON.parse(readFileSync(file, 'utf8'));
    if (type !== 'workos-mcp-audit-checkpoint' || v !== 1 || whole(Buffer.from(jcs(record))) === undefined)
      return undefined;
    const key = certified(certificate, record, masters);
    if (key?.known !== true || !genuine(record, certificate, key.key)) return undefined;
    const { issuer } = certificate;
    const { chain_id, seq, hash, time } = record;
    return { at: { chain_id, seq, hash, time, issuer }, heads: headsOf(record, issuer) };
  } catch {
    return undefined;
  }
}

/** Verifies a file or a directory. */
export function secondVerify(path, options = {}) {
  const alone = !statSync(path).isDirectory();
  const home = alone ? dirname(path) : path;
  const keyPath = options.key ?? join(home, '..', 'keys');
  const masters = existsSync(keyPath) ? keysIn(keyPath, options.key !== undefined) : new Map();
  const believed = [join(home, 'checkpoints'), options.checkpoint]
    .flatMap((place) => {
      if (place === undefined || !existsSync(place)) return [];
      return statSync(place).isDirectory() ? readdirSync(place).map((name) => join(place, name)) : [place];
    })
    .flatMap((file) => checkpoint(file, masters) ?? []);
  const chains = new Map();
  const files = alone
    ? [path]
    : readdirSync(path)
        .filter((name) => name.endsWith('.jsonl') && isFile(join(path, name)))
        .map((name) => join(path, name));
  const part = (file) => Number(/-(\d+)\.jsonl$/.exec(file)?.[1]);
  for (const file of files) {
    const name = /^(\d{8}T\d{9}Z-\d+-[0-9a-f]{8})-\d{4,}\.jsonl$/.exec(basename(file))?.[1] ?? basename(file);
    chains.set(name, [...(chains.get(name) ?? []), file]);
  }
  if (alone && !path.endsWith('.jsonl') && !linesIn(path).some((line) => whole(line) !== undefined))
    return { status: 2, problems: [] };
  const checked = [...chains.keys()]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => (chains.get(name) ?? []).sort((a, b) => part(a) - part(b)).flatMap(linesIn))
    .filter((lines) => lines.length > 0)
    .map((lines) => check(lines, masters, options.key !== undefined));
  const cut = [
    ...believed.flatMap(({ heads }) => heads),
    ...checked
      .filter(({ bad, unverifiable }) => bad === undefined && !unverifiable)
      .flatMap(({ good, issuer }) => good.flatMap((record) => headsOf(record, issuer))),
  ];
  const known = believed.map(({ at }) => at);
  const maySpeak = (prune, issuer) => options.key !== undefined || prune.issuer === issuer;
  const problems = checked.flatMap((chain, index) => {
    if (chain.bad !== undefined) return [chain.bad];
    const first = chain.good[0];
    if (first === undefined) return [];
    if (checked.findIndex(({ id }) => id === chain.id) < index)
      return [{ kind: 'duplicated', seq: first.seq }];
    const ours = cut.filter((prune) => maySpeak(prune, chain.issuer));
    return ends(chain, first, { cut: ours, known, alone, more: alone && followed(path) });
  });
  if (!alone)
    for (const id of new Set(known.map(({ chain_id }) => chain_id))) {
      const isCut = known
        .filter(({ chain_id }) => chain_id === id)
        .every((at) =>
          cut.some(
            (head) =>
              head.chain_id === id &&
              head.seq >= at.seq &&
              head.before > at.time &&
              maySpeak(head, at.issuer),
          ),
        );
      if (!isCut && !checked.some((chain) => chain.id === id)) problems.push({ kind: 'truncated', seq: 0 });
    }
  if (problems.length > 0) return { status: 1, problems };
  return {
    status: checked.length === 0 || checked.some(({ unverifiable }) => unverifiable) ? 2 : 0,
    problems,
  };
}

function followed(file) {
  const digits = /-(\d+)\.jsonl$/.exec(file)?.[1];
  if (digits === undefined) return false;
  const next = String(Number(digits) + 1).padStart(digits.length, '0');
  return existsSync(file.replace(/\d+\.jsonl$/, `${next}.jsonl`));
}

function ends({ good, id }, first, { cut, known, alone, more }) {
  const ours = (heads) => heads.filter(({ chain_id }) => chain_id === id);
  const younger = (before) => ours(known).some(({ seq, time }) => seq < first.seq && time >= before);
  const isCut = ours(cut).some(({ seq, before }) => seq === first.seq - 1 && !younger(before));
  if (first.seq > 0 && !alone && !isCut) return [{ kind: 'deleted', seq: 0 }];
  for (const { seq, hash } of ours([...known, ...cut])) {
    if (seq < first.seq - 1) continue;
    const there = seq === first.seq - 1 ? first.prev_hash : good[seq - first.seq]?.hash;
    if (there === undefined && more) continue;
    if (there === undefined) return [{ kind: 'truncated', seq: first.seq + good.length }];
    if (there !== hash) return [{ kind: 'forged', seq }];
  }
  return [];
}
