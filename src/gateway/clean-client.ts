import { PROFILES } from '../privacy/policy.ts';
import { createRedactor } from '../privacy/redactor.ts';
import type { Caller } from './caller.ts';

type Client = Extract<Caller, { kind: 'agent' }>['client'];

const { detectors } = PROFILES.strict;
const redactor = createRedactor({ detectors: { ...detectors, email: 'mask' }, paths: [] });
/** So much of a name is looked at; less is kept of it anywhere. */
const MOST_CHARACTERS = 1_000;

/** A client as it calls itself, without personal data and secrets, whatever the profile: records and logs keep it. */
export function cleanClient({ name, version }: Client): Client {
  return { name: clean(name), version: clean(version) };
}

function clean(text: string): string {
  return redactor.text(text.slice(0, MOST_CHARACTERS));
}
