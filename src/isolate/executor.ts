import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import type { ToolName } from '../tools/registry.ts';
import type { Draft, Environment, Progress } from '../tools/tool.ts';
import type { Http } from '../workos/transport.ts';

/** One call, as what runs its tool needs it. Survives JSON. */
export interface Job {
  readonly tool: ToolName;
  readonly input: unknown;
  readonly environment: Environment;
  /** How long the call goes on reading before it answers with what it has, in milliseconds. */
  readonly patienceMs: number;
  readonly lean: boolean;
  readonly wide: boolean;
}

/** What ties a running job to its caller. */
export interface JobScope {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** Asks the person behind the client; absent when the client can't. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** Runs one job. Throws AppError, or anything else for what nobody foresaw. */
export type Work = (job: Job, scope: JobScope) => Promise<Draft<unknown>>;

/** Where tools run. */
export interface Executor {
  readonly run: Work;
  /** One line about what keeps the tools apart from this process. */
  assurance(): Promise<string>;
  /** Ends running jobs and refuses new ones. */
  close(): Promise<void>;
}

/** The account the tools work on, and the only way to it. */
export interface Surroundings {
  readonly baseUrl: string;
  readonly http: Http;
  readonly logger: Logger;
  /** Has the decoy key that lies around where the tools run, and looks for it in what comes out. */
  readonly lookout?: Lookout | undefined;
}

export type OpenExecutor = (surroundings: Surroundings) => Executor;
