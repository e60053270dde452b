// What a suite is, and what it is given.
import type { VsCodeInstall } from '../../../scripts/vscode/install.mts';
import type { Reporter, Test } from './tests.mts';

/** A file `suites/<name>.suite.mts` exports one as `suite`. */
export interface Suite {
  /** After which it is ended as hanging. Default 3 minutes. */
  readonly timeoutMs?: number;
  run(context: SuiteContext): Promise<void>;
}

/** What a suite works with. */
export interface SuiteContext {
  readonly test: Test;
  readonly reporter: Reporter;
  readonly install: VsCodeInstall;
  /** The folder for its screenshots; git ignores it. */
  readonly artifacts: string;
  /** The packaged extension: the one given by --vsix, or made by `npm run package` when first asked for. */
  product(): Promise<string>;
  /** Called with the name of each test that fails, before its result is shown: to leave a picture or logs. */
  onFailure(leave: (test: string) => Promise<void>): Disposable;
}
