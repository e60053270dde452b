import { alteredTrail } from './altered-trail.ts';
import { crossClient } from './cross-client.ts';
import { dnsRebinding } from './dns-rebinding.ts';
import { escape } from './escape.ts';
import { evidence } from './evidence.ts';
import { exhaustion } from './exhaustion.ts';
import { deceivedPerson } from './deceived-person.ts';
import { honeypot } from './honeypot.ts';
import { figures } from './figures.ts';
import { fullDisk } from './full-disk.ts';
import { injection } from './injection.ts';
import { integrity } from './integrity.ts';
import { killSwitch } from './kill-switch.ts';
import type { Threat } from './line.ts';
import { malformedRecords } from './malformed-records.ts';
import { personalData } from './personal-data.ts';
import { rugPull } from './rug-pull.ts';
import { secretTheft } from './secret-theft.ts';
import { selfCare } from './self-care.ts';
import { ssrf } from './ssrf.ts';
import { talkedInto } from './talked-into.ts';
import { unrecorded } from './unrecorded.ts';
import { tokens } from './tokens.ts';

/** What is attacked, how, and what stands against it. `npm run test:mutants` takes each defence out in turn. */
export const THREATS: readonly Threat[] = [
  injection,
  deceivedPerson,
  talkedInto,
  rugPull,
  dnsRebinding,
  crossClient,
  secretTheft,
  personalData,
  ssrf,
  escape,
  exhaustion,
  malformedRecords,
  killSwitch,
  alteredTrail,
  fullDisk,
  integrity,
  unrecorded,
  evidence,
  tokens,
  honeypot,
  figures,
  selfCare,
];
