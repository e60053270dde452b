import * as vscode from 'vscode';
import {
  domainsFault,
  domainsOf,
  externalIdFault,
  type Fault,
  metadataFault,
  nameFault,
  type OrganizationDraft,
} from './organization-draft.ts';
import { askPick, askText, type TextQuestion } from '../step-inputs.ts';
import type { Step } from '../steps.ts';

type TextField = 'name' | 'domains' | 'externalId' | 'metadata';

/** The questions about a new organization; those that are optional come when the person wants them. */
export function organizationQuestions(title: string, draft: OrganizationDraft): Step[] {
  const text = (
    field: TextField,
    fault: (answer: string) => Fault | undefined,
    question: Pick<TextQuestion, 'prompt' | 'placeholder'>,
  ) => textStep(title, draft, { field, fault, ...question });
  const optional = draft.more
    ? [
        text('externalId', externalIdFault, {
          prompt: vscode.l10n.t('Its ID in your own system. Leave it empty for none.'),
        }),
        text('metadata', metadataFault, {
          prompt: vscode.l10n.t('Metadata as key=value, separated by commas. Leave it empty for none.'),
          placeholder: 'tier=gold, region=eu',
        }),
      ]
    : [];
  return [
    text('name', nameFault, { prompt: vscode.l10n.t('Name of the organization') }),
    text('domains', domainsFault, {
      prompt: vscode.l10n.t('Its domains. Type or paste them, separated by commas or spaces.'),
      placeholder: 'example.com, example.org',
    }),
    stateStep(title, draft),
    moreStep(title, draft),
    ...optional,
  ];
}

interface TextStep extends Pick<TextQuestion, 'prompt' | 'placeholder'> {
  readonly field: TextField;
  readonly fault: (answer: string) => Fault | undefined;
}

function textStep(title: string, draft: OrganizationDraft, { field, fault, ...question }: TextStep): Step {
  return {
    id: field,
    ask: async (place) => {
      const answer = await askText({
        title,
        place,
        ...question,
        value: draft[field],
        problem: (text) => {
          const found = fault(text);
          return found && faultText(found);
        },
        keep: (text) => (draft[field] = text),
      });
      if (typeof answer === 'string') return answer;
      draft[field] = answer.value;
      return 'next';
    },
  };
}

function stateStep(title: string, draft: OrganizationDraft): Step {
  return {
    id: 'domainState',
    ask: async (place) => {
      const domains = domainsOf(draft.domains);
      const answer = await askPick<OrganizationDraft['domainState']>({
        title,
        place,
        placeholder:
          domains.length === 1
            ? vscode.l10n.t('Is {0} verified?', domains.join())
            : vscode.l10n.t('Are the {0} domains verified?', domains.length),
        choices: [
          {
            label: `$(clock) ${vscode.l10n.t('Pending')}`,
            detail: vscode.l10n.t(
              'The owner proves each domain by publishing a DNS TXT record. You get the records afterwards.',
            ),
            value: 'pending',
          },
          {
            label: `$(verified) ${vscode.l10n.t('Verified')}`,
            detail: vscode.l10n.t(
              'You vouch for the domains now. Their users may then be made to sign in by the organization’s SSO.',
            ),
            value: 'verified',
          },
        ],
        active: (value) => value === draft.domainState,
      });
      if (typeof answer === 'string') return answer;
      draft.domainState = answer.value;
      return 'next';
    },
  };
}

function moreStep(title: string, draft: OrganizationDraft): Step {
  return {
    id: 'more',
    ask: async (place) => {
      const answer = await askPick<'review' | 'more'>({
        title,
        place,
        placeholder: vscode.l10n.t('Is that all?'),
        choices: [
          {
            label: `$(arrow-right) ${vscode.l10n.t('Continue')}`,
            detail: vscode.l10n.t('Check for duplicates and review what will be created.'),
            value: 'review',
          },
          {
            label: `$(ellipsis) ${vscode.l10n.t('More…')}`,
            detail: vscode.l10n.t('Add an external ID or metadata first.'),
            value: 'more',
          },
        ],
        active: (value) => (value === 'more') === draft.more,
      });
      if (typeof answer === 'string') return answer;
      draft.more = answer.value === 'more';
      return 'next';
    },
  };
}

function faultText({ code, detail }: Fault): string {
  const texts: Record<Fault['code'], () => string> = {
    empty: () => vscode.l10n.t('This is required.'),
    tooLong: () => vscode.l10n.t('At most {0} characters.', detail),
    tooMany: () => vscode.l10n.t('At most {0}.', detail),
    notBare: () => vscode.l10n.t('{0} is not a bare domain such as example.com.', detail),
    notValid: () => vscode.l10n.t('{0} is not a valid domain name.', detail),
    noTopLevel: () => vscode.l10n.t('{0} lacks a top-level domain, as .com.', detail),
    ipAddress: () => vscode.l10n.t('{0} is an IP address, not a domain.', detail),
    consumer: () => vscode.l10n.t('{0} is a consumer mail domain, which no organization owns.', detail),
    badCharacters: () =>
      vscode.l10n.t('Only printable ASCII characters: letters without accents, digits, punctuation.'),
    noPair: () => vscode.l10n.t('"{0}" is not of the form key=value.', detail),
    keyTooLong: () => vscode.l10n.t('The key "{0}" is longer than 40 characters.', detail),
    valueTooLong: () => vscode.l10n.t('The value of "{0}" is longer than 600 characters.', detail),
    repeated: () => vscode.l10n.t('The key "{0}" appears twice.', detail),
  };
  return texts[code]();
}
