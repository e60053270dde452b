/** `workos-mcp.lock` as the bundler reads it: JSON with an export per key. */
declare module '*/workos-mcp.lock' {
  export const instructions: string;
  export const lockfileVersion: number;
  export const policy: Readonly<Record<string, string>>;
  export const tools: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
