import type { Kind } from '../../privacy/policy.ts';
import type { L10n } from '../text/l10n.ts';

/** How many values of each kind are masked. */
export type Masked = Readonly<Record<string, number>>;

/** How a document was read: whole because the person chose to see the values, or with what agents do not get masked. */
export interface Reading {
  readonly whole: boolean;
  readonly masked: Masked | undefined;
}

/** The counts of several answers together; `undefined` for none. */
export function addMasked(one: Masked | undefined, other: Masked | undefined): Masked | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const sum = new Map(Object.entries(one));
  for (const [kind, count] of Object.entries(other)) sum.set(kind, count + (sum.get(kind) ?? 0));
  return Object.fromEntries(sum);
}

/** The line of a document that says what is masked in it, or that nothing is; empty where there was nothing to mask. */
export function maskedLine(l10n: L10n, { whole, masked = {} }: Reading): string {
  if (whole) return l10n.t('Values are shown that agents do not get: select Hide Values in the title bar.');
  const kinds = Object.entries(masked).map(([kind, count]) => `${kindText(l10n, kind)}: ${count}`);
  const count = Object.values(masked).reduce((sum, each) => sum + each, 0);
  if (count === 0) return '';
  return l10n.t('Values masked: {0} ({1}). Select Show Values in the title bar.', count, kinds.join(', '));
}

function kindText(l10n: L10n, kind: string): string {
  const kinds: Readonly<Record<Kind, string>> = {
    secret: l10n.t('secrets'),
    workos_key: l10n.t('WorkOS keys'),
    jwt: l10n.t('tokens'),
    iban: l10n.t('IBANs'),
    card: l10n.t('card numbers'),
    ssn: l10n.t('social security numbers'),
    email: l10n.t('e-mail addresses'),
    phone: l10n.t('phone numbers'),
    field: l10n.t('personal data'),
  };
  return new Map<string, string>(Object.entries(kinds)).get(kind) ?? kind;
}
