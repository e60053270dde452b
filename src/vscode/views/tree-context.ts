import type { Invoke, Outcome } from '../../gateway/gateway.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Input, Output, ToolName } from '../../tools/registry.ts';
import type { OrganizationNames } from './organization-names.ts';
import type { Tree } from './tree.ts';

const TREE = { kind: 'person', surface: 'tree' } as const;

/** Rows per page of a tree: one request. */
export const PAGE = 100;

/** What the rows of a tree are read and named with. */
export interface TreeContext {
  readonly tree: Tree;
  readonly ask: Ask;
  readonly names: OrganizationNames;
}

/** Calls a tool as a tree does. */
export type Ask = <N extends ToolName>(tool: N, input: Input<N>) => Promise<Outcome<Output<N>>>;

/** Calls through the same gateway as everybody, as a person who looks at a tree; it never throws. */
export function askAsTree(invoke: Invoke): Ask {
  return async (tool, input) => {
    try {
      return await invoke(tool, input, TREE);
    } catch (thrown) {
      return { ok: false, error: toAppError(thrown) };
    }
  };
}

export type Organization = Output<'list_workos_organizations'>['items'][number];
export type Connection = Output<'list_sso_connections'>['items'][number];
export type Directory = Output<'list_directories'>['items'][number];
export type Group = Output<'list_directory_groups'>['items'][number];
export type User = Output<'list_directory_users'>['items'][number];
export type SecurityEvent = Output<'get_audit_log_events'>['items'][number];
