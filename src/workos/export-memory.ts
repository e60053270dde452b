import type { OpenedExport } from './port.ts';

/** An export's data is as good as new for this long. */
const REUSE_MS = 600_000;

export interface ExportMemory {
  /** The export opened under the key in the last 10 minutes, else the one that `create` makes. */
  open(key: string, create: () => Promise<OpenedExport | undefined>): Promise<OpenedExport | undefined>;
  /** Stops handing out an export that turned out to be of no use. */
  forget(id: string): void;
}

/** Remembers which exports were made, so that asking again does not make another. Empty answers are not kept. */
export function createExportMemory(): ExportMemory {
  const opened = new Map<string, { at: number; opened: OpenedExport }>();
  return {
    open: async (key, create) => {
      const now = performance.now();
      for (const [old, { at }] of opened) if (at < now - REUSE_MS) opened.delete(old);
      const known = opened.get(key);
      if (known) return known.opened;
      const made = await create();
      if (made) opened.set(key, { at: now, opened: made });
      return made;
    },
    forget: (id) => {
      for (const [key, known] of opened) if (known.opened.id === id) opened.delete(key);
    },
  };
}
