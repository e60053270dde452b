import { Environments, type StoredEnvironment } from '../../../src/vscode/environments.ts';

/** Secrets and state as VS Code keeps them for one person. */
export function storage() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  return {
    kept: { secrets, state },
    api: {
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => void secrets.set(key, value),
        delete: async (key: string) => void secrets.delete(key),
      },
      state: {
        get: <T>(key: string, fallback?: T) => (state.get(key) ?? fallback) as T,
        update: async (key: string, value: unknown) => void state.set(key, value),
      },
    },
  };
}

/** The environments as one window sees them, and how often they said they changed. */
export function openEnvironments(shared = storage(), initial?: StoredEnvironment) {
  const fired = { count: 0 };
  const changed = { event: () => ({ dispose: () => undefined }), fire: () => void (fired.count += 1) };
  return { environments: new Environments(shared.api, changed, initial), fired, ...shared };
}
