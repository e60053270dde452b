// What the test process and the driver extension say to each other. Types and names only.

/** Variables the driver reads from the server's environment. */
export const ENV = {
  /** A folder: each extension host with a driver leaves `<pid>.json` there, a DriverAddress. */
  control: 'VSCODE_TEST_CONTROL',
  /** Where the scripted model lives; see scripted-model.mts. */
  model: 'VSCODE_TEST_MODEL',
  /** The file an in-host suite writes its progress to. */
  results: 'VSCODE_TEST_RESULTS',
  /** JSON that an in-host suite is given. */
  argument: 'VSCODE_TEST_ARGUMENT',
} as const;

/** The vendor and id of the scripted language model. */
export const MODEL = { vendor: 'scripted', id: 'scripted-1' } as const;

/** Where a driver listens, and the password that lets nobody else in. */
export interface DriverAddress {
  readonly port: number;
  readonly token: string;
}

/** A tool as the model is offered it. */
interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema?: unknown;
}

/** What a tool answered, as the model is shown it. */
export interface ToolAnswer {
  readonly tool: string;
  readonly text: string;
}

/** One request to the model. */
export interface ModelTurn {
  readonly tools: readonly OfferedTool[];
  /** Everything the user's side wrote, the system prompt included. */
  readonly messages: readonly string[];
  /** Answers of the tools called since the last question, oldest first. */
  readonly answers: readonly ToolAnswer[];
}

/** What the model says, or the tool it calls. */
export type ModelReply = { readonly say: string } | { readonly call: string; readonly input: object };
