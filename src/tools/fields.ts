import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** An id of the API: loosely checked, since sample and emulated accounts use other alphabets. */
export const id = () =>
  z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,100}$/u, 'not an id');

/** Text to search for. */
export const searchText = (what: string) => z.string().trim().min(1).max(200).describe(what);

/** A domain name as the API stores it. */
export const domainFilter = () =>
  z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(/^[^\s,]+$/u, 'not one domain')
    .transform((domain) => domainToASCII(domain) || domain);

/** An organization by id, exact name or domain. */
export const organizationRef = () =>
  z.string().trim().min(1).max(300).describe('Organization id, exact name or domain.');

export const domainOutput = z.object({ domain: z.string(), state: z.string().optional() });

/** What is wrong with something, in plain words. */
export const issueOutput = z.object({
  code: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  message: z.string(),
  /** Ids of what it concerns. */
  ids: z.array(z.string()).optional(),
});
export type Issue = z.output<typeof issueOutput>;
