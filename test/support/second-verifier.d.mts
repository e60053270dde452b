/** Verifies a file or a directory: exit status, and what is wrong with each chain. */
export function secondVerify(
  path: string,
  options?: { readonly key?: string; readonly checkpoint?: string },
): { readonly status: 0 | 1 | 2; readonly problems: readonly { kind: string; seq: number }[] };
