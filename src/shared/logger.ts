/** Where diagnostic lines go. Never pass a key, a token or a person's data. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A logger that writes one line per message to a stream, `level message`. */
export function streamLogger(stream: { write(text: string): unknown }): Logger {
  const line = (level: string) => (message: string) => void stream.write(`${level} ${message}\n`);
  return { debug: () => undefined, info: line('info'), warn: line('warn'), error: line('error') };
}
