// Looks for a text that should be on no disk.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of VS Code's own folders that hold the text. The browser's profile is where its secret storage lives. */
export function filesWith(root: string, text: string): string[] {
  return ['user', 'ext', 'home', 'ws', 'tmp'].flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(text)),
  );
}
