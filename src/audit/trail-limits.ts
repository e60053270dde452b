const DAY_MS = 86_400_000;

/** When to move on to another file or key, when to leave a checkpoint, and how long to keep files. */
export interface TrailLimits {
  /** A file that has so many bytes, or is so old, is followed by another. */
  readonly fileBytes: number;
  readonly fileMs: number;
  readonly sessionMs: number;
  /** A checkpoint is left after so many records, or so many milliseconds with any. */
  readonly checkpointRecords: number;
  readonly checkpointMs: number;
  readonly retentionMs: number;
  /** So long after a failure to open the trail it is tried again. */
  readonly retryMs: number;
}

/** What holds unless a test says otherwise. */
export const TRAIL_LIMITS: TrailLimits = {
  fileBytes: 16 * 2 ** 20,
  fileMs: 7 * DAY_MS,
  sessionMs: DAY_MS,
  checkpointRecords: 200,
  checkpointMs: 5 * 60_000,
  retentionMs: 400 * DAY_MS,
  retryMs: 1_000,
};
