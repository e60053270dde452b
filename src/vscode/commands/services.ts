import type { Extension, LogOutputChannel } from 'vscode';
import type { Approvals } from '../../access/approvals.ts';
import type { KillSwitch } from '../../access/kill-switch.ts';
import type { Tokens } from '../../access/tokens.ts';
import { isRecord } from '../../shared/json.ts';
import type { Lookout } from '../../shared/lookout.ts';
import type { AuditRoom } from '../audit/audit-room.ts';
import type { Accounts } from '../environments/accounts.ts';
import type { Documents } from '../documents.ts';
import type { DetailDocuments } from '../details/documents.ts';
import type { Environments } from '../environments/environments.ts';
import type { EventDocuments } from '../events/documents.ts';
import type { FiguresDocument } from '../figures/figures-document.ts';
import type { COMMANDS } from '../ids.ts';
import type { McpEndpoint } from '../endpoint/mcp-endpoint.ts';
import { isSubject, type Subject } from '../views/subject.ts';
import type { Trees } from '../views/trees.ts';
import type { RecentCalls } from '../recent-calls.ts';
import type { WriteAccess } from '../environments/write-access.ts';

/** What commands work with. */
export interface CommandServices {
  readonly environments: Environments;
  readonly accounts: Accounts;
  readonly access: WriteAccess;
  readonly kill: KillSwitch;
  /** Looks for decoys in what a command sends past the calls. */
  readonly lookout: Lookout | undefined;
  readonly approvals: Approvals;
  readonly tokens: Tokens;
  readonly endpoint: McpEndpoint;
  readonly trees: Trees;
  readonly details: DetailDocuments;
  readonly events: EventDocuments;
  readonly audit: AuditRoom;
  readonly figures: Pick<FiguresDocument, 'show'>;
  readonly diagnostics: Documents['diagnostics'];
  readonly log: LogOutputChannel;
  /** The latest calls, for a report. */
  readonly calls: RecentCalls;
  readonly extension: Pick<Extension<unknown>, 'packageJSON'>;
}

/** What a command does; rows hand themselves in as the first argument. */
export type Handler = (...args: readonly unknown[]) => unknown;
/** One for every command of the table. */
export type Handlers = Readonly<Record<keyof typeof COMMANDS, Handler>>;

/** The object of the row a command was chosen on; `undefined` when it came from elsewhere, as the palette. */
export function subjectOf(node: unknown): Subject | undefined {
  const subject = isRecord(node) ? node['subject'] : undefined;
  return isSubject(subject) ? subject : undefined;
}
