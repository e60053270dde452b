// The Copilot agent that VS Code brings along, in a chat with the scripted model.
import type { Locator } from 'playwright-core';
import { MODEL } from './protocol.mts';
import { until } from './tests.mts';
import type { Workbench } from './workbench.mts';

/** Settings a session with the agent needs: side questions go to the same model, nobody signs in. */
export const COPILOT_SETTINGS = { 'chat.byokUtilityModelDefault': 'mainAgent' } as const;

/** Where a question got to. */
type ChatState = 'answered' | 'asks';

/** A chat with the agent. */
export interface CopilotChat {
  /** Asks and waits until there is an answer, or a tool asks for permission. */
  ask(question: string): Promise<ChatState>;
  /** Permits the tool that asks, this once, and waits as `ask` does. (The blue button permits it for the session.) */
  permit(): Promise<ChatState>;
  /** Skips the tool that asks. */
  skip(): Promise<ChatState>;
  /** Sends the form a tool shows, as it is filled in. */
  submit(): Promise<ChatState>;
  /** Says yes to what a tool asks in a form. */
  accept(): Promise<ChatState>;
  /** The last answer as it is on the screen. */
  answer(): Promise<string>;
  /** The chat's own part of the window. */
  readonly panel: Locator;
}

/** What VS Code returns once an answer is complete or a tool asks. */
type Outcome = { type?: string; errorDetails?: { message: string } } | null;

const EXTENSION = 'GitHub.copilot-chat';
const ANSWER_MS = 60_000;
/** Buttons that are there as long as somebody has to decide. */
const ASKING = /^(Allow|Submit)/u;
/** From activation until the agent takes questions; it has no event for it. */
const SETTLE_MS = 2_000;

/** Enables the bundled agent in this window. */
export async function startCopilot(workbench: Workbench): Promise<CopilotChat> {
  const { page } = workbench;
  await workbench.execute('workbench.extensions.installExtension', EXTENSION, { enable: true });
  await until('the Copilot extension', () =>
    workbench.host(({ vscode }, id) => vscode.extensions.getExtension(id) !== undefined, EXTENSION),
  );
  await workbench.host(
    async ({ vscode }, id) => void (await vscode.extensions.getExtension(id)!.activate()),
    EXTENSION,
  );
  await page.waitForTimeout(SETTLE_MS);
  // A question that is asked before a server's extension is active goes without its tools.
  await workbench.host(async ({ vscode }) => {
    const provides = ({ packageJSON }: { packageJSON: { contributes?: object } }) =>
      'mcpServerDefinitionProviders' in (packageJSON.contributes ?? {});
    await Promise.all(vscode.extensions.all.filter(provides).map((extension) => extension.activate()));
  });
  const panel = page.locator('.interactive-session');
  const last = panel.locator('.interactive-response').last();
  return {
    panel,
    ask,
    permit,
    skip: () => press('Skip'),
    submit: () => press('Submit'),
    accept: async () => {
      const sends = button(/^Submit/u);
      // The only question of a form: its answer sends it.
      await panel.getByText('True', { exact: true }).click();
      await sends.waitFor({ state: 'detached' });
      return settled();
    },
    answer: () => last.innerText(),
  };

  async function ask(question: string): Promise<ChatState> {
    const outcome = await workbench.execute<Outcome>('workbench.action.chat.open', {
      query: question,
      mode: 'agent',
      modelSelector: MODEL,
      blockOnResponse: true,
    });
    if (outcome?.errorDetails !== undefined)
      throw new Error(`The agent failed: ${outcome.errorDetails.message}`);
    return outcome?.type === 'confirmation' ? 'asks' : 'answered';
  }

  async function permit(): Promise<ChatState> {
    const asking = button(ASKING);
    await asking.waitFor();
    await workbench.execute('workbench.action.chat.acceptTool');
    await asking.waitFor({ state: 'detached' });
    return settled();
  }

  async function press(label: string): Promise<ChatState> {
    const choice = button(new RegExp(`^${label}`, 'u'));
    await choice.click();
    await choice.waitFor({ state: 'detached' });
    return settled();
  }

  function button(label: RegExp): Locator {
    return panel.locator('.monaco-button').filter({ hasText: label, visible: true }).first();
  }

  function settled(): Promise<ChatState> {
    const look = async (): Promise<ChatState | false> => {
      if (await button(ASKING).isVisible()) return 'asks';
      return (await panel.locator('.chat-response-loading').count()) === 0 && 'answered';
    };
    return until('an answer', look, { timeoutMs: ANSWER_MS });
  }
}
