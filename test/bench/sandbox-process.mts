// Serves a sample account whose answers take as many milliseconds as its argument says, until it is ended.
import { startSandbox } from '../../src/sandbox/server.ts';

const sandbox = await startSandbox();
sandbox.faults.set({ kind: 'latency', ms: Number(process.argv[2]) });
console.log(JSON.stringify({ url: sandbox.url, apiKey: sandbox.apiKey }));
