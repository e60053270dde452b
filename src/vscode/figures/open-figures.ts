import * as vscode from 'vscode';
import type { KillSwitch } from '../../access/kill-switch.ts';
import { openStateDir } from '../../access/state-dir.ts';
import type { Settings } from '../settings.ts';
import { FiguresDocument } from './figures-document.ts';
import { Figures } from './figures.ts';
import { PRICES_SETTING, setPrices } from './prices.ts';

/** What this window measures, and the document that shows it. */
export interface OpenFigures extends vscode.Disposable {
  readonly meter: Figures['meter'];
  readonly document: FiguresDocument;
}

export interface OpenFiguresOptions {
  readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>;
  readonly settings: Settings;
  readonly kill: Pick<KillSwitch, 'onChange'>;
  readonly log: vscode.LogOutputChannel;
}

/** Begins to measure this window. Prices are read once: sums at different prices would mean nothing. */
export function openFigures({ context, settings, kill, log }: OpenFiguresOptions): OpenFigures {
  const { prices, fault } = setPrices(settings);
  if (fault !== undefined)
    log.error(`The setting workos.${PRICES_SETTING} is not used, since it has a fault at "${fault}".`);
  const tokenizer = context.asAbsolutePath('dist/token-counter.js');
  const figures = new Figures({ dir: openStateDir(), kill, prices, tokenizer, logger: log });
  const document = new FiguresDocument(figures, fault);
  return {
    meter: figures.meter,
    document,
    dispose: () => vscode.Disposable.from(document, figures).dispose(),
  };
}
