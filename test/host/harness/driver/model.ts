// A language model whose replies come from the test process.
import * as vscode from 'vscode';
import { MODEL, type ModelReply, type ModelTurn, type ToolAnswer } from '../protocol.mts';

type Message = vscode.LanguageModelChatRequestMessage;

const INFO: vscode.LanguageModelChatInformation = {
  id: MODEL.id,
  name: 'Scripted',
  family: 'scripted',
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  capabilities: { toolCalling: true, imageInput: false },
};
const CHARACTERS_PER_TOKEN = 4;
let calls = 0;

/** Registers the model; each request is a POST to `url`. */
export function registerScriptedModel(url: string): vscode.Disposable {
  return vscode.lm.registerLanguageModelChatProvider(MODEL.vendor, {
    // Selectable in the picker of models, though the stable types do not know the field.
    provideLanguageModelChatInformation: () => [{ ...INFO, isUserSelectable: true, isDefault: true }],
    provideTokenCount: async (_model, text) =>
      Math.ceil((typeof text === 'string' ? text : JSON.stringify(text)).length / CHARACTERS_PER_TOKEN),
    provideLanguageModelChatResponse: async (_model, messages, options, progress) => {
      const tools = (options.tools ?? []).map(({ name, description, inputSchema }) => ({
        name,
        description,
        inputSchema,
      }));
      const reply = await ask(url, { tools, messages: messages.map(textOf), answers: answersIn(messages) });
      if ('say' in reply) progress.report(new vscode.LanguageModelTextPart(reply.say));
      else progress.report(new vscode.LanguageModelToolCallPart(`call-${++calls}`, reply.call, reply.input));
    },
  });
}

async function ask(url: string, turn: ModelTurn): Promise<ModelReply> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(turn) });
  const text = await response.text();
  if (!response.ok) throw new Error(`The script of the model failed: ${text}`);
  return JSON.parse(text) as ModelReply;
}

function textOf({ content }: Message): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** Tool results after the last message in which the person wrote something. */
function answersIn(messages: readonly Message[]): ToolAnswer[] {
  const names = new Map<string, string>();
  let answers: ToolAnswer[] = [];
  for (const { role, content } of messages) {
    const results = content.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
    if (role === vscode.LanguageModelChatMessageRole.User && results.length === 0) answers = [];
    for (const part of content) {
      if (part instanceof vscode.LanguageModelToolCallPart) names.set(part.callId, part.name);
    }
    for (const { callId, content: parts } of results) {
      const text = parts.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''));
      answers = [...answers, { tool: names.get(callId) ?? 'unknown', text: text.join('') }];
    }
  }
  return answers;
}
