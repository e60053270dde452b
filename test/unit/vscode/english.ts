import type { L10n } from '../../../src/vscode/text/l10n.ts';

/** Texts as they are in the code, which is English. */
export const english: L10n = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/gu, (_, at: string) => String(args[Number(at)])),
};
