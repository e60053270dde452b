import { threat } from './line.ts';

const TEST = ['test/contract/isolation.test.ts', '50 clients that all use request id 0'] as const;

export const crossClient = threat("a client sees another client's answer", [
  [
    'requests under way are shared by something else than the whole question',
    ['src/workos/share.ts', 'flights.get(key) ??', '[...flights.values()][0] ??'],
    TEST,
  ],
]);
