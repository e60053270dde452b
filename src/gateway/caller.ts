import type { TokenScope } from '../access/token-file.ts';

/** The connection token an agent came with. */
export interface CallerToken {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
}

/** Who makes a call. Agents get shaped results; a person sees their own account whole. */
export type Caller =
  | {
      readonly kind: 'agent';
      /** Id of the MCP session. */
      readonly session: string;
      readonly client: { readonly name: string; readonly version: string };
      /** Absent for one that came with the server's own token, or over stdio. */
      readonly token?: CallerToken;
    }
  | { readonly kind: 'person'; readonly surface: 'tree' | 'command' | 'dashboard' | 'terminal' };
