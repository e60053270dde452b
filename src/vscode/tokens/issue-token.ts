import * as vscode from 'vscode';
import type { TokenScope } from '../../access/token-file.ts';
import type { Tokens, TokenWish } from '../../access/tokens.ts';
import type { ToolName } from '../../tools/registry.ts';
import { type Answer, askPick, askSome } from '../commands/step-inputs.ts';
import { runSteps, type Step, type StepEnd } from '../commands/steps.ts';
import { askName } from './ask-name.ts';
import { toolChoices } from './token-texts.ts';

const DAY_MS = 86_400_000;
/** How much of what the server allows: everything, what only reads, or tools by name. */
type Reach = 'all' | 'reading' | 'some';

interface Draft {
  name: string;
  reach: Reach;
  tools: readonly ToolName[];
  /** In days; 0 for ever. */
  days: number;
}

/** Asks what a new token is to be; `undefined` when the person gave up. */
export async function askWish(tokens: Tokens): Promise<TokenWish | undefined> {
  const draft: Draft = { name: '', reach: 'reading', tools: [], days: 30 };
  const title = vscode.l10n.t('WorkOS: Issue Connection Token');
  const plan = () => [
    nameStep(draft, title, tokens),
    reachStep(draft, title),
    ...(draft.reach === 'some' ? [toolsStep(draft, title)] : []),
    daysStep(draft, title),
  ];
  if (!(await runSteps(plan))) return undefined;
  const { name, days } = draft;
  return { name, scope: scopeOf(draft), ...(days > 0 && { lifetimeMs: days * DAY_MS }) };
}

function scopeOf({ reach, tools }: Draft): TokenScope {
  return reach === 'some' ? { tools, readOnly: false } : { readOnly: reach === 'reading' };
}

function nameStep(draft: Draft, title: string, tokens: Tokens): Step {
  return {
    id: 'name',
    ask: async (place) => {
      const keep = (text: string) => (draft.name = text);
      const answer = await askName(tokens, { title, place, value: draft.name, keep });
      return took(answer, (name) => (draft.name = name));
    },
  };
}

function reachStep(draft: Draft, title: string): Step {
  return {
    id: 'reach',
    ask: async (place) => {
      const answer = await askPick<Reach>({
        title,
        place,
        placeholder: vscode.l10n.t('What may it do? Never more than the server that it is used at.'),
        active: (value) => value === draft.reach,
        choices: [
          {
            label: vscode.l10n.t('Only read'),
            description: vscode.l10n.t('every tool that changes nothing'),
            value: 'reading',
          },
          {
            label: vscode.l10n.t('All tools'),
            description: vscode.l10n.t('changes, too, where the server allows them'),
            value: 'all',
          },
          { label: vscode.l10n.t('Choose tools…'), value: 'some' },
        ],
      });
      return took(answer, (reach) => (draft.reach = reach));
    },
  };
}

function toolsStep(draft: Draft, title: string): Step {
  return {
    id: 'tools',
    ask: async (place) => {
      const answer = await askSome<ToolName>({
        title,
        place,
        placeholder: vscode.l10n.t('Which tools may it call? Choose at least one.'),
        choices: toolChoices(vscode.l10n),
        chosen: (tool) => draft.tools.includes(tool),
      });
      return took(answer, (tools) => (draft.tools = tools));
    },
  };
}

function daysStep(draft: Draft, title: string): Step {
  return {
    id: 'days',
    ask: async (place) => {
      const answer = await askPick<number>({
        title,
        place,
        placeholder: vscode.l10n.t('When does it expire?'),
        active: (value) => value === draft.days,
        choices: [
          { label: vscode.l10n.t('in 1 day'), value: 1 },
          { label: vscode.l10n.t('in {0} days', 30), value: 30 },
          { label: vscode.l10n.t('in {0} days', 90), value: 90 },
          { label: vscode.l10n.t('never'), value: 0 },
        ],
      });
      return took(answer, (days) => (draft.days = days));
    },
  };
}

/** Keeps what was answered, and goes on; or goes where the person wants to go instead. */
function took<T>(answer: Answer<T>, keep: (value: T) => void): StepEnd {
  if (typeof answer === 'string') return answer;
  keep(answer.value);
  return 'next';
}
