import type { z } from 'zod';
import type { Json } from '../shared/json.ts';
import type { WorkosPort } from '../workos/port.ts';

/** The account a call works on. `id` tells environments apart, `name` and `kind` are shown with every result. */
export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'staging' | 'sandbox';
}

/** Progress of a running call: what is being done, and how much of it where known. */
export interface Progress {
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

/** What a tool may use besides the port. */
export interface ToolContext {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** Asks the person behind the client a yes-or-no question; `undefined` when the client can't ask. */
  readonly confirm?: (question: string) => Promise<boolean>;
  readonly now: () => Date;
  /** How long a call goes on reading before it answers with what it has, in milliseconds. Default: 20 s. */
  readonly patienceMs?: number;
  /** Rows as the API lists them, by one request where it can be: no names of owners, no activity, no totals. */
  readonly lean?: boolean;
  /** Rows with every field they have, for a person who keeps them, as in an export. */
  readonly wide?: boolean;
}

/**
 * A tool's result before shaping. `positions` (lists only) holds, per item, where a next page starts
 * after that item, so that shaping can cut the list anywhere and still hand out a right cursor.
 */
export interface Draft<O> {
  readonly value: O;
  readonly positions?: readonly Json[];
  /** What a cursor made from this draft belongs to. */
  readonly binding?: string;
  /** Records left out while reading, since they did not fit. */
  readonly dropped?: number;
}

export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** What a tool's file says: its texts, its schemas and what it does with parsed input. */
export interface ToolDefinition<N extends string, P, I, O> {
  readonly name: N;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: z.ZodType<P, I>;
  readonly output: z.ZodType<O>;
  run(port: WorkosPort, input: P, context: ToolContext): Promise<Draft<NoInfer<O>>>;
}

/** A tool as the gateway holds it: what goes in is parsed inside, so every tool has the same type. */
export interface Tool<N extends string = string, I = unknown, O = unknown> {
  readonly name: N;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: z.ZodType<unknown, I>;
  readonly output: z.ZodType<O>;
  /** Parses the raw input and runs. Throws ZodError on bad input, AppError on anything else foreseen. */
  execute(port: WorkosPort, input: unknown, context: ToolContext): Promise<Draft<O>>;
}

/** Annotations of the nine tools that only read. */
export const READ_ONLY: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Makes a tool from its definition: one file, one object. */
export function defineTool<const N extends string, P, I, O>(
  definition: ToolDefinition<N, P, I, O>,
): Tool<N, I, O> {
  const { name, title, description, annotations, input, output } = definition;
  return {
    name,
    title,
    description,
    annotations,
    input,
    output,
    execute: async (port, raw, context) => {
      const draft = await definition.run(port, input.parse(raw), context);
      const dropped = port.dropped();
      return dropped === 0 ? draft : { ...draft, dropped };
    },
  };
}
