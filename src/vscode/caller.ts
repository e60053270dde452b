/** How commands and documents call: as a person. */
export const PERSON = { kind: 'person', surface: 'command' } as const;
