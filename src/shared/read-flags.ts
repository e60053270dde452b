import { constants } from 'node:fs';

/** Opens a file to read it and never waits: a pipe is opened without a writer. Windows has neither. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
