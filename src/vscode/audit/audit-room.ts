import type { Disposable } from 'vscode';
import type { SingleDocument } from '../single-document.ts';
import type { WindowTrail } from './window-trail.ts';

/** This window's audit trail, and what the commands work with that look at the trails of all processes. */
export interface AuditRoom extends Disposable {
  readonly trail: WindowTrail;
  readonly document: Pick<SingleDocument, 'show' | 'refresh'>;
  /** Where the files are. */
  readonly directory: () => string;
  /** The folder of this build: the verifier and the format are in it. */
  readonly build: string;
}
