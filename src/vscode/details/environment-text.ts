import type { Environment } from '../../tools/tool.ts';
import type { L10n } from '../l10n.ts';
import { oneLine } from './markdown.ts';

/** An environment with its kind in words; `clean` makes its name fit for where it stands. */
export function environmentText(
  l10n: L10n,
  { name, kind }: Pick<Environment, 'name' | 'kind'>,
  clean: (name: string) => string = oneLine,
): string {
  const kinds = {
    production: l10n.t('production'),
    staging: l10n.t('staging'),
    sandbox: l10n.t('sandbox'),
  };
  return `${clean(name)} (${kinds[kind]})`;
}
