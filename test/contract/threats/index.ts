import { crossClient } from './cross-client.ts';
import { dnsRebinding } from './dns-rebinding.ts';
import type { Threat } from './line.ts';
import { rugPull } from './rug-pull.ts';

/** What is attacked, how, and what stands against it. `npm run test:mutants` takes each defence out in turn. */
export const THREATS: readonly Threat[] = [rugPull, dnsRebinding, crossClient];
