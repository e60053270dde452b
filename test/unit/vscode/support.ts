import type { EnvironmentStorage } from '../../../src/vscode/environments/environment-store.ts';
import { Environments, type StoredEnvironment } from '../../../src/vscode/environments/environments.ts';

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
        keys: async () => [...secrets.keys()],
      },
      state: {
        get: <T>(key: string, fallback?: T) => (state.get(key) ?? fallback) as T,
        update: async (key: string, value: unknown) => void state.set(key, value),
      },
    },
  };
}

/**
 * Secrets and state of several windows. As in VS Code, a window keeps its own copy of the state, writes all of it
 * whenever it updates a part, and hears of what others wrote only when it is delivered.
 */
export function windows() {
  const secrets = storage();
  let written: Readonly<Record<string, unknown>> = {};
  const open: { state: Readonly<Record<string, unknown>> }[] = [];
  return {
    secrets: secrets.kept.secrets,
    /** What has been written reaches every window. */
    deliver: () => open.forEach((window) => (window.state = written)),
    /** A new window, which reads what is written. */
    open: (): { api: EnvironmentStorage } => {
      const window = { state: written };
      open.push(window);
      const state = {
        get: <T>(key: string, fallback?: T) => (window.state[key] ?? fallback) as T,
        update: async (key: string, value: unknown) => {
          written = window.state = { ...window.state, [key]: value };
        },
      };
      return { api: { secrets: secrets.api.secrets, state } };
    },
  };
}

/** The environments as one window sees them, and how often they said they changed. */
export function openEnvironments<S extends { readonly api: EnvironmentStorage } = ReturnType<typeof storage>>(
  shared = storage() as unknown as S,
  initial?: StoredEnvironment,
) {
  const fired = { count: 0 };
  const changed = { event: () => ({ dispose: () => undefined }), fire: () => void (fired.count += 1) };
  return { environments: new Environments(shared.api, changed, initial), fired, ...shared };
}
