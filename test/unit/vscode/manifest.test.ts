import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT, MCP_PROVIDER, NEED_ENVIRONMENT, VIEWS } from '../../../src/vscode/ids.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly views: { readonly workos: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly when: string; readonly contents: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as Manifest;
const { contributes } = manifest;
const english = JSON.parse(
  readFileSync(new URL('../../../package.nls.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
/** What a text of the manifest reads in English. */
const translated = (text: string) => text.replace(/^%(.+)%$/u, (_, key: string) => english[key] ?? '');
const commands: string[] = Object.values(COMMANDS);

describe('package.json', () => {
  it('contributes exactly the commands of the table, in one category', () => {
    expect(contributes.commands.map(({ command }) => command).toSorted()).toEqual(commands.toSorted());
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['WorkOS']));
  });

  it('has menus and welcome links of known commands only', () => {
    const inMenus = Object.values(contributes.menus).flatMap((entries) =>
      entries.map(({ command }) => command),
    );
    const inWelcome = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...translated(contents).matchAll(/\(command:([\w.]+)\)/gu)].map(([, command]) => command!),
    );
    expect(inWelcome.length).toBeGreaterThan(0);
    for (const command of [...inMenus, ...inWelcome]) expect(commands).toContain(command);
    const halted = new Set([CONTEXT.stopped, CONTEXT.locked].map((key) => `${CONTEXT.active} && ${key}`));
    for (const { when } of contributes.viewsWelcome.filter((welcome) => !halted.has(welcome.when)))
      expect(when).toMatch(/^!workos\.stopped && !workos\.locked && .*workos\.hasEnvironment\b/u);
  });

  it('offers in the palette what needs an environment until the extension knows that there is none', () => {
    const when = `!${CONTEXT.active} || ${CONTEXT.hasEnvironment}`;
    const offered = contributes.menus['commandPalette']!.filter((entry) => entry.when === when);
    expect(offered.map(({ command }) => command).toSorted()).toEqual([...NEED_ENVIRONMENT].toSorted());
  });

  it('welcomes nobody before the extension knows whether there is an environment', () => {
    const without = contributes.viewsWelcome.filter(({ when }) =>
      when.includes(`!${CONTEXT.hasEnvironment}`),
    );
    expect(without.length).toBeGreaterThanOrEqual(Object.keys(VIEWS).length);
    for (const { when } of without) expect(when).toContain(`${CONTEXT.active} && !${CONTEXT.hasEnvironment}`);
    const stored = without.find(({ when }) => when.endsWith(`&& ${CONTEXT.hasStored}`));
    expect(translated(stored!.contents)).toContain(`(command:${COMMANDS.switchEnvironment})`);
  });

  it('is activated by links, besides what it contributes', () => {
    expect(manifest.activationEvents).toEqual(['onUri']);
  });

  it('takes no setting from a folder that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations.toSorted()).toEqual(
      Object.keys(contributes.configuration.properties).toSorted(),
    );
  });

  it('contributes the views and the provider that the code registers', () => {
    expect(contributes.views.workos.map(({ id }) => id)).toEqual(Object.values(VIEWS));
    expect(contributes.mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([MCP_PROVIDER]);
  });

  it('keeps every setting out of reach of a workspace', () => {
    for (const { scope } of Object.values(contributes.configuration.properties))
      expect(scope).toBe('application');
  });

  it('is checked against the API of the oldest VS Code it runs in', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });
});
