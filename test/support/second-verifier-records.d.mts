/** RFC 8785. */
export function jcs(value: unknown): string;
