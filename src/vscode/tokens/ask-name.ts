import * as vscode from 'vscode';
import { tokenName, type Tokens } from '../../access/tokens.ts';
import { type Answer, askText, type TextQuestion } from '../commands/step-inputs.ts';

/** Asks what a token is called, until it can be called that; `own` is the name it has. */
export function askName(
  tokens: Pick<Tokens, 'list'>,
  question: Pick<TextQuestion, 'title' | 'place' | 'value' | 'keep'>,
  own?: string,
): Promise<Answer<string>> {
  const kept = tokens.list().filter(({ status }) => status !== 'revoked');
  return askText({
    ...question,
    prompt: vscode.l10n.t('Name of the token, as after the client that is to use it'),
    placeholder: vscode.l10n.t('As: Claude on my laptop'),
    problem: (text) => {
      const name = tokenName(text);
      if (name === undefined)
        return vscode.l10n.t(
          'A name has 1 to 60 letters, digits, spaces or . _ @ -, and begins with a letter or digit; tok_ and wmcp_ are not for names.',
        );
      const taken = name !== own && kept.some((other) => other.name === name);
      return taken ? vscode.l10n.t('Another token has this name.') : undefined;
    },
  });
}
