import * as vscode from 'vscode';
import { type Approvals, createApprovals } from '../../access/approvals.ts';
import { createHoneypot } from '../../access/honeypot.ts';
import { createKillSwitch, type KillSwitch, type Sighting } from '../../access/kill-switch.ts';
import { createTaint } from '../../access/taint.ts';
import { openStateDir } from '../../access/state-dir.ts';
import type { AuditEvents } from '../../audit/events.ts';
import { recordApprovals } from '../../audit/record-approvals.ts';
import { recordedSwitch, SURFACE } from '../audit/record-safety.ts';
import type { Guards } from '../environments/accounts.ts';
import { ApprovalDesk } from '../approvals/approval-desk.ts';
import { tellApprovals } from '../approvals/review-approvals.ts';
import { approvalMode, lockFile, privacyPolicy, type Settings } from '../settings.ts';
import { LockGuard } from './lock-guard.ts';
import { Serving } from './serving.ts';
import { tellLocked } from './tell-locked.ts';
import { tellQuarantined } from './tell-quarantined.ts';

/** What decides whether anything is served, and what of it a person is asked about. */
export interface Safety extends vscode.Disposable {
  readonly kill: KillSwitch;
  readonly approvals: Approvals;
  readonly serving: Serving;
  readonly guards: Guards;
}

export interface SafetyOptions {
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
  readonly events: AuditEvents;
  /** Called when serving ends or begins again. */
  readonly changed: () => void;
  /** Told when a decoy is seen here. */
  readonly sighted: (sighting: Sighting) => void;
}

/** Opens what all processes of this user share. */
export function openSafety({ settings, log, events, changed, sighted }: SafetyOptions): Safety {
  const dir = openStateDir();
  const kill = recordedSwitch(createKillSwitch(dir), events);
  const approvals = recordApprovals(createApprovals(dir), events, SURFACE);
  const lock = new LockGuard({
    file: () => lockFile(settings),
    changed: () => {
      if (lock.known !== undefined) {
        void tellLocked(lock.known, log);
        void events.lockRefused(lock.known.changes);
      }
      changed();
    },
  });
  const serving = new Serving(kill, lock);
  const lookout = createHoneypot({
    dir,
    killSwitch: kill,
    logger: log,
    sighted,
  });
  tellQuarantined(kill.state());
  kill.onChange((state) => {
    if (state.stopped && state.problem !== undefined) log.error(state.problem);
    tellQuarantined(state);
    changed();
  });
  const desk = new ApprovalDesk({
    approvals,
    focused: () => vscode.window.state.focused,
    tell: (asked) => void tellApprovals(asked, approvals),
    failed: (thrown) => log.error(String(thrown)),
  });
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (!focused) return;
    desk.look();
    // The pinned lockfile may have been renewed in a terminal meanwhile.
    serving.halt();
  });
  return {
    kill,
    approvals,
    serving,
    guards: {
      privacy: () => privacyPolicy(settings),
      killSwitch: kill,
      lookout,
      approvals: { mode: () => approvalMode(settings), store: approvals, taint: createTaint() },
      requireLocked: serving.requireLocked,
    },
    dispose: () => {
      focus.dispose();
      desk.dispose();
      kill.close();
    },
  };
}
