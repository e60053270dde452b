/** Who makes a call. Agents get shaped results; a person sees their own account whole. */
export type Caller =
  | {
      readonly kind: 'agent';
      /** Id of the MCP session. */
      readonly session: string;
      readonly client: { readonly name: string; readonly version: string };
    }
  | { readonly kind: 'person'; readonly surface: 'tree' | 'command' | 'dashboard' | 'terminal' };
