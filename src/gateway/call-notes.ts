import { isMadeId } from '../shared/object-ids.ts';

/** So many requests of a call are kept one by one; all are counted. */
const MOST_REQUESTS = 20;
const MOST_ANSWERS = 10;
/** The parts of WorkOS' paths that are no ids. */
const WORDS: ReadonlySet<string> = new Set([
  'audit_log_configuration',
  'audit_logs',
  'connections',
  'directories',
  'directory_groups',
  'directory_users',
  'events',
  'exports',
  'external_id',
  'organizations',
]);

/** A request as it is kept: nothing in it but words of the API and ids that WorkOS made. */
export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  /** Absent as long as nothing came back. */
  readonly status?: number;
  readonly requestId?: string;
}

/** What became of a question whether a change may be made. */
export interface ApprovalNote {
  readonly state: 'asked' | 'given' | 'denied';
  /** Where the person answered: at the agent's client, or as `terminal`. */
  readonly by?: string | undefined;
  /** Of a question that waited outside of the client. */
  readonly code?: string | undefined;
}

/** What happened during a call that its outcome does not tell. */
export interface CallNotes {
  readonly requests: readonly UpstreamRequest[];
  readonly requestCount: number;
  readonly approvals: readonly ApprovalNote[];
}

/** Collects the notes of one call. */
export class CallNotebook implements CallNotes {
  readonly requests: UpstreamRequest[] = [];
  readonly approvals: ApprovalNote[] = [];
  requestCount = 0;

  /** Notes a request that goes to WorkOS or its export host; what is returned notes the answer. */
  request(method: string, url: URL): (status: number, requestId: string | null) => void {
    const place = this.requestCount;
    this.requestCount += 1;
    if (place >= MOST_REQUESTS) return () => undefined;
    const request = { method, path: pathOf(url) };
    this.requests[place] = request;
    return (status, requestId) => {
      const known = requestId !== null && isRequestId(requestId);
      this.requests[place] = { ...request, status, ...(known && { requestId }) };
    };
  }

  approval(note: ApprovalNote): void {
    if (this.approvals.length < MOST_ANSWERS) this.approvals.push(note);
  }
}

/** The path without its query. What somebody else chose, as an `external_id`, may be a name: it becomes `:id`. */
function pathOf({ pathname }: URL): string {
  const parts = pathname.split('/').slice(1);
  return `/${parts.map((part) => (WORDS.has(part) || isMadeId(part) ? part : ':id')).join('/')}`;
}

/** Headers come from outside. */
function isRequestId(text: string): boolean {
  return isMadeId(text) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text);
}
