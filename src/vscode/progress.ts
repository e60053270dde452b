import * as vscode from 'vscode';

/** What work under a progress notice gets. */
export interface Work {
  readonly signal: AbortSignal;
  /** Shows what is being done; `percent` (0–100) moves the bar there. */
  readonly report: (message: string, percent?: number) => void;
}

/** A signal that aborts with a cancellation token. */
function signalOf(token: vscode.CancellationToken): AbortSignal {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  else token.onCancellationRequested(() => stop.abort());
  return stop.signal;
}

/** Runs work under a notification with a Cancel button, which aborts its signal. */
export async function withCancel<T>(title: string, work: (work: Work) => Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let shown = 0;
    return work({
      signal: signalOf(token),
      report: (message, percent) => {
        const increment = percent === undefined ? 0 : Math.max(0, percent - shown);
        shown += increment;
        progress.report({ message, ...(increment > 0 && { increment }) });
      },
    });
  });
}
