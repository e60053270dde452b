import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const problem = z.object({
  kind: z.string(),
  seq: z.number(),
  file: z.string().optional(),
  line: z.number().optional(),
  why: z.string(),
});
const reportSchema = z.object({
  verdict: z.enum(['intact', 'tampered', 'unverifiable']),
  reason: z.string().optional(),
  chains: z.array(
    z.object({
      name: z.string(),
      verdict: z.string(),
      problem: problem.optional(),
      reason: z.string().optional(),
      records: z.number(),
      issuer: z.string().optional(),
      assurance: z.string().optional(),
      notes: z.array(z.string()),
    }),
  ),
  notes: z.array(z.string()),
});

/** What the verifier found. */
export type TrailReport = z.infer<typeof reportSchema>;

/** Has the standalone verifier look at a directory, in a thread of its own: many records take seconds. Rejects with the signal's reason once it aborts. */
export async function verifyInThread(
  verifier: string,
  audit: string,
  signal: AbortSignal,
): Promise<TrailReport> {
  signal.throwIfAborted();
  const worker = new Worker(verifier, { argv: [audit, '--json'], env: {}, stdout: true, stderr: true });
  const failed = Promise.withResolvers<never>();
  worker.once('error', failed.reject);
  const end = () => {
    failed.reject(signal.reason);
    void worker.terminate();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const output = await Promise.race([text(worker.stdout), failed.promise]);
    signal.throwIfAborted();
    return reportSchema.parse(JSON.parse(output));
  } finally {
    signal.removeEventListener('abort', end);
    await worker.terminate();
  }
}
