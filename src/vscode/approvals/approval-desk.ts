import type { Approval, Approvals } from '../../access/approvals.ts';

export interface ApprovalDeskOptions {
  readonly approvals: Pick<Approvals, 'pending' | 'onChange'>;
  /** True while the person works in this window: of all windows, that one asks. */
  readonly focused: () => boolean;
  /** Tells the person of questions they have not been told of in this window. */
  readonly tell: (asked: readonly Approval[]) => void;
  /** Told when the questions can't be read. */
  readonly failed: (thrown: unknown) => void;
}

/** Watches for changes that agents want to make, whichever process serves them, and tells of each once. */
export class ApprovalDesk {
  readonly #options: ApprovalDeskOptions;
  readonly #told = new Set<string>();
  readonly #stop: () => void;

  constructor(options: ApprovalDeskOptions) {
    this.#options = options;
    this.#stop = options.approvals.onChange(() => this.look());
  }

  /** Looks for questions, as when the window gets the focus. */
  look(): void {
    const { approvals, focused, tell, failed } = this.#options;
    if (!focused()) return;
    try {
      const asked = approvals.pending().filter(({ code }) => !this.#told.has(code));
      for (const { code } of asked) this.#told.add(code);
      if (asked.length > 0) tell(asked);
    } catch (thrown) {
      failed(thrown);
    }
  }

  dispose(): void {
    this.#stop();
  }
}
