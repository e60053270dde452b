/** Puts a key that opens nothing where code that got in looks for one: in an environment that has nothing else, of a process that is not there. */
export function layBait(key: string | undefined): void {
  if (key === undefined) return;
  const env = Object.freeze({ WORKOS_API_KEY: key });
  Object.defineProperty(globalThis, 'process', { value: Object.freeze({ env }), enumerable: true });
}
