/** `fail`: it does not work like this; `warn`: it works, though not as it should; `skip`: not looked at. */
export type FindingStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** What a check found, in words for the person at this machine. Has no key, token or password in it. */
export type Verdict = Fine | Fault;

interface Fine {
  readonly status: 'ok' | 'skip';
  readonly found: string;
  readonly fix?: string;
}

/** What is wrong always has a remedy. */
export interface Fault {
  readonly status: 'warn' | 'fail';
  readonly found: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A verdict and the check it comes from. */
export type Finding = Verdict & { readonly name: string };

/** One thing that is looked at. */
export interface Check {
  readonly name: string;
  /** Whether anything leaves this machine for it. */
  readonly remote: boolean;
  /** Given up when the signal fires. What it throws is a failure; no verdict at all says that it does not apply. */
  readonly run: (signal: AbortSignal) => Found | Promise<Found>;
}

type Found = Verdict | readonly Verdict[];
