export interface HowToFacts {
  /** Id of the master key that signed the manifest. */
  readonly kid: string;
  readonly made: string;
  /** Names of the files that came as they are. */
  readonly materials: readonly string[];
}

/** The names, and the hashes, as `manifest.json` has them line by line. */
const NAMES = String.raw`sed -n 's/^ *"name": "\(.*\)",$/\1/p' manifest.json`;
const HASHES = String.raw`sed -n 's/^ *"sha256": "\(.*\)"$/\1/p' manifest.json`;
const FOUND = String.raw`find . ! -type d | sed 's|^\./||'`;

/** What an auditor reads first: what is in the bundle, the exact commands, and what they do not show. */
export function howToVerify({ kid, made, materials }: HowToFacts): string {
  const verifier = materials.includes('audit-verify.js')
    ? '`audit-verify.js` needs Node.js 20 or newer and nothing else.'
    : 'The verifier is not in this bundle: take `audit-verify.js` from the npm package workos-mcp.';
  return `# How to verify this bundle

Made ${made} by WorkOS MCP. It holds a part of an audit trail: who called which tool under which rules, and what came of it.

| File | What it is |
| --- | --- |
| \`audit/*.jsonl\` | The records: chains of SHA-256 hashes, each record signed with Ed25519 |
| \`audit/checkpoints/\` | How far chains had come: they show when an end is missing |
| \`keys/\` | Public master keys. Their private halves certify the keys that sign records |
| \`coverage.json\` | Which time and which processes this covers, and what it does not |
| \`workos-mcp.lock\` | What clients were told, as digests. \`contract\` in records is the hash of its canonical form |
| \`audit-format.md\` | The format, complete: a verifier can be written from it |
| \`manifest.json\`, \`manifest.json.sig\` | SHA-256 of every other file, and the signature of that list |

## 1. With the verifier

${verifier} In the unpacked folder:

\`\`\`sh
node audit-verify.js .
\`\`\`

It checks every file against the manifest, the manifest's signature, and every record. Exit status: 0 intact, 1 tampered with, 2
unverifiable. To trust nothing in this bundle, take the verifier (\`dist/audit-verify.js\` of the npm package workos-mcp) and the public key from where you keep it:

\`\`\`sh
node /your/own/copy/audit-verify.js . --key /kept/elsewhere/${kid}.pub
\`\`\`

(\`--key\` takes a folder, too: chains of other programs of this user may be under other keys.)

## 2. With OpenSSL 3 and a POSIX shell

The signature of the list of files:

\`\`\`sh
openssl pkeyutl -verify -pubin -inkey keys/${kid}.pub -rawin -in manifest.json -sigfile manifest.json.sig
\`\`\`

The hash of each file on the list:

\`\`\`sh
[ "$(${NAMES} | while IFS= read -r f; do openssl dgst -sha256 -r "$f" | cut -c1-64; done)" = "$(${HASHES})" ] && echo Hashes OK
\`\`\`

That nothing else is in the folder:

\`\`\`sh
[ "$( (${NAMES}; echo manifest.json; echo manifest.json.sig) | LC_ALL=C sort)" = "$(${FOUND} | LC_ALL=C sort)" ] && echo Nothing else OK
\`\`\`

Where a line with OK is missing, the bundle is not what was signed.

One record by hand: see "Verifying" in \`audit-format.md\`.

## What a signature does not show

- That the key is the right one: whoever makes a bundle can make a key. Compare the id \`${kid}\`, the first 32 hex digits of the SHA-256
  of the 32 bytes of the public key, with one you were given on another way.
- That the history is the only one. Someone with the user's account on that machine can use a key file, or the memory of a running
  process, and sign another history. \`assurance\` in \`coverage.json\` says how the key was kept. **Checkpoints kept elsewhere are the
  remedy**: \`node audit-verify.js audit --checkpoint FILE\` shows whether what was vouched for then is still there.
- That nothing else happened: see \`not_covered\` in \`coverage.json\`.

This bundle supports evidence for record-keeping (EU AI Act Art. 12), use of the stop button (Art. 14(4)(e)) and keeping of logs
(Art. 26(6)). Whether a duty is met is for people to judge.
`;
}
