import type { OpenedExport } from './port.ts';

/** An export's data is as good as new for this long. */
const REUSE_MS = 600_000;

export interface ExportMemory {
  /** The export opened under the key in the last 10 minutes, else the one that `create` makes: never two at the same time. */
  open(key: string, create: () => Promise<OpenedExport | undefined>): Promise<OpenedExport | undefined>;
  /** An export opened in the last 10 minutes. */
  find(id: string): OpenedExport | undefined;
  /** Stops handing out an export that turned out to be of no use. */
  forget(id: string): void;
}

/** Remembers which exports were made, so that asking again does not make another. Empty answers are not kept. */
export function createExportMemory(): ExportMemory {
  const opened = new Map<string, { at: number; opened: OpenedExport }>();
  /** Settles when the export of its key is made, or can't be. */
  const opening = new Map<string, Promise<unknown>>();
  const forgetOld = () => {
    const oldest = performance.now() - REUSE_MS;
    for (const [key, { at }] of opened) if (at < oldest) opened.delete(key);
  };
  const make = async (key: string, create: () => Promise<OpenedExport | undefined>) => {
    const at = performance.now();
    const made = await create();
    if (made) opened.set(key, { at, opened: made });
    return made;
  };
  return {
    open: async (key, create) => {
      for (let other = opening.get(key); other !== undefined; other = opening.get(key))
        // Its failure is its own: another asker may have more patience.
        await other.catch(() => undefined);
      forgetOld();
      const known = opened.get(key);
      if (known) return known.opened;
      const making = make(key, create).finally(() => opening.delete(key));
      opening.set(key, making);
      return making;
    },
    find: (id) => {
      forgetOld();
      return [...opened.values()].find((known) => known.opened.id === id)?.opened;
    },
    forget: (id) => {
      for (const [key, known] of opened) if (known.opened.id === id) opened.delete(key);
    },
  };
}
