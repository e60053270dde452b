import { PROFILES } from '../../src/privacy/policy.ts';
import { createRedactor } from '../../src/privacy/redactor.ts';
import { jsonBytes } from '../../src/shared/json.ts';
import { Times } from './times.mts';

const PEOPLE = Array.from({ length: 100 }, (_, index) => ({
  id: `directory_user_01K0000000000000000000${String(index).padStart(4, '0')}`,
  name: `Person Number ${index}`,
  email: `person.${index}@company-${index % 7}.example`,
  state: 'active',
  created_at: '2026-01-02T03:04:05.678Z',
  custom_attributes: { department: 'Engineering', employee: `E-${10_000 + index}`, phone: '+1 202 555 0123' },
}));

/** What covering takes, in µs per KB of JSON, half of the time. */
export function measureRedaction(rounds: number): [name: string, microsecondsPerKb: number][] {
  const kb = jsonBytes(PEOPLE) / 1_000;
  return Object.entries(PROFILES).map(([name, policy]) => {
    const redactor = createRedactor(policy);
    const times = new Times();
    for (let round = 0; round < rounds; round += 1) {
      const started = performance.now();
      redactor.value({ items: PEOPLE });
      times.add(performance.now() - started);
    }
    return [`profile ${name}`, (times.at(0.5) * 1_000) / kb];
  });
}
