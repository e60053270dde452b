// The test's side of the scripted language model: the driver posts each request here and gives back the reply.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ModelReply, ModelTurn } from './protocol.mts';

/** Decides what the model says or calls; a plain function of this process, so it may look at anything. */
export type ModelScript = (turn: ModelTurn) => ModelReply | Promise<ModelReply>;

/** The model of one session. */
export interface ScriptedModel {
  /** Set it before asking. */
  script: ModelScript;
  /** Every request that offered tools, oldest first. */
  readonly turns: readonly ModelTurn[];
  /** Goes to the driver through the environment. */
  readonly url: string;
  stop(): void;
}

/** Starts it on 127.0.0.1; the address holds a password. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const path = `/${randomBytes(24).toString('base64url')}`;
  const turns: ModelTurn[] = [];
  const server = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    text(request)
      .then((body) => answer(JSON.parse(body)))
      .then((reply) => response.end(JSON.stringify(reply)))
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const model = {
    script: (): ModelReply => ({ say: 'No script.' }),
    turns,
    url: `http://127.0.0.1:${port}${path}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  } as ScriptedModel;
  return model;

  async function answer(turn: ModelTurn): Promise<ModelReply> {
    // Without tools it is a side question of Copilot's, such as a title for the chat.
    if (turn.tools.length === 0) return { say: 'Title' };
    turns.push(turn);
    return model.script(turn);
  }
}
