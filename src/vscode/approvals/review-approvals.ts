import * as vscode from 'vscode';
import type { Approval, Approvals } from '../../access/approvals.ts';
import { shownArguments } from '../../access/shown-arguments.ts';
import { COMMANDS } from '../ids.ts';
import { cleanLabel, pickerLabel } from '../text/clean-text.ts';
import { joinParts } from '../text/join-parts.ts';
import { approvalDetail, approvalEnvironment } from './approval-text.ts';

type Answers = Pick<Approvals, 'pending' | 'approve' | 'deny'>;

/** The command "Review Approvals": the one change that waits, or one of several that the person picks. */
export async function reviewApprovals(approvals: Answers): Promise<void> {
  const pending = approvals.pending();
  const [first] = pending;
  if (first === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No change of an agent waits for your approval.'),
    );
    return;
  }
  const chosen = pending.length === 1 ? first : await pick(pending);
  if (chosen !== undefined) await review(chosen, approvals);
}

/** Tells of changes that wait, and lets the person look at them. */
export async function tellApprovals(asked: readonly Approval[], approvals: Answers): Promise<void> {
  const [first] = asked;
  if (first === undefined) return;
  const look = vscode.l10n.t('Review…');
  const text =
    asked.length === 1
      ? vscode.l10n.t(
          'An agent wants to change {0}: {1} asks for {2}.',
          approvalEnvironment(vscode.l10n, first),
          cleanLabel(first.client),
          cleanLabel(first.tool),
        )
      : vscode.l10n.t('Agents want to make changes: {0} wait for your approval.', asked.length);
  if ((await vscode.window.showWarningMessage(text, look)) !== look) return;
  if (asked.length === 1) await review(first, approvals);
  else await vscode.commands.executeCommand(COMMANDS.reviewApprovals);
}

async function review(approval: Approval, approvals: Answers): Promise<void> {
  if (!approvals.pending().some(({ code }) => code === approval.code)) return tellGone();
  const [approve, deny] = [vscode.l10n.t('Approve'), vscode.l10n.t('Deny')];
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Allow the agent to change {0}?', approvalEnvironment(vscode.l10n, approval)),
    { modal: true, detail: approvalDetail(vscode.l10n, approval) },
    approve,
    deny,
  );
  // Closed without an answer, the question stays open until its time is over.
  if (answer === undefined) return;
  const { code } = approval;
  const counted = answer === approve ? await approvals.approve(code) : await approvals.deny(code);
  if (!counted) return tellGone();
  await vscode.window.showInformationMessage(
    answer === approve
      ? vscode.l10n.t('Approved: the agent can make exactly this call, once.')
      : vscode.l10n.t('Denied: the agent is told so when it asks again.'),
  );
}

async function tellGone(): Promise<void> {
  await vscode.window.showWarningMessage(
    vscode.l10n.t('This is no longer asked: it was answered elsewhere, or its five minutes are over.'),
  );
}

async function pick(pending: readonly Approval[]): Promise<Approval | undefined> {
  const choices = pending.map((approval) => ({
    label: pickerLabel(approval.tool),
    description: pickerLabel(joinParts([approvalEnvironment(vscode.l10n, approval), approval.client])),
    detail: pickerLabel(shownArguments(approval.arguments).join(' · ')),
    approval,
  }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('WorkOS: Review Approvals'),
    placeHolder: vscode.l10n.t('Which change?'),
  });
  return chosen?.approval;
}
