import { reviewApprovals } from '../approvals/review-approvals.ts';
import { resume, stopEverything } from './kill-switch.ts';
import type { CommandServices, Handlers } from './services.ts';

/** Commands about what agents may do at all: the kill switch, and changes that wait for a yes. */
export function safetyCommands({ kill, approvals }: CommandServices) {
  return {
    stopEverything: () => stopEverything(kill),
    resume: () => resume(kill),
    reviewApprovals: () => reviewApprovals(approvals),
  } satisfies Partial<Handlers>;
}
