/** A piece of a text, by its first unit and the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
