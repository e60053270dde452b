// The attempts without an isolate around them.
import { attempt, attempts } from './attempts.ts';

void (async () => {
  const results: Record<string, unknown> = {};
  for (const name of Object.keys(attempts)) results[name] = await attempt(name);
  process.stdout.write(JSON.stringify(results), () => process.exit());
})();
