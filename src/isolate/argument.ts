/** Makes the command line's own file be an isolate. For hosts, not for people. */
export const ISOLATE_ARGUMENT = '__isolate';
