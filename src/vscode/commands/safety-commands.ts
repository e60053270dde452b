import { reviewApprovals } from '../approvals/review-approvals.ts';
import { manageTokens } from '../tokens/manage-tokens.ts';
import { resume, stopEverything, tellStopped } from './kill-switch.ts';
import type { CommandServices, Handlers } from './services.ts';

/** Commands about what agents may do at all: the kill switch, changes that wait for a yes, and who gets in. */
export function safetyCommands(services: CommandServices) {
  const { kill, approvals } = services;
  return {
    stopEverything: () => stopEverything(kill),
    resume: () => resume(kill),
    reviewApprovals: () => reviewApprovals(approvals),
    manageTokens: () => (kill.state().stopped ? tellStopped() : manageTokens(services)),
  } satisfies Partial<Handlers>;
}
