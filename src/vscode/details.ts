import * as vscode from 'vscode';
import type { Invoke, Outcome } from '../gateway/gateway.ts';
import { cleanMarkdown } from './clean-text.ts';
import { SCHEME } from './ids.ts';
import type { Subject } from './views/nodes.ts';

const PERSON = { kind: 'person', surface: 'command' } as const;

interface Issue {
  readonly severity: string;
  readonly message: string;
}

/** Details of an object as a read-only Markdown document: findings first, then the JSON they come from. */
export class DetailDocuments implements vscode.TextDocumentContentProvider {
  readonly #invoke: Invoke;

  constructor(invoke: Invoke) {
    this.#invoke = invoke;
  }

  async open({ kind, id, name }: Pick<Subject, 'kind' | 'id' | 'name'>): Promise<void> {
    const title = name.replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 80);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${kind}/${id}/${title}.md` });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const [, kind = '', id = ''] = path.split('/');
    const outcome = await this.#read(kind, id);
    if (outcome === undefined) return 'There are no details of this.';
    if (!outcome.ok) return `# ${outcome.error.message}\n\n${outcome.error.hint ?? ''}\n`;
    const { name, issues = [] } = outcome.value;
    const findings = issues.map(({ severity, message }) => `- **${severity}** ${cleanMarkdown(message)}`);
    return [
      `# ${cleanMarkdown(name ?? id)}`,
      findings.length > 0 ? findings.join('\n') : 'Nothing to look at.',
      `\`\`\`json\n${JSON.stringify(outcome.value, null, 2).replaceAll('```', '`\u200B``')}\n\`\`\``,
    ].join('\n\n');
  }

  #read(
    kind: string,
    id: string,
  ): Promise<Outcome<{ name?: string | undefined; issues?: readonly Issue[] | undefined }>> | undefined {
    if (kind === 'organization')
      return this.#invoke('get_organization_details', { organization: id }, PERSON);
    if (kind === 'connection')
      return this.#invoke('get_sso_connection_details', { connection_id: id }, PERSON);
    if (kind === 'directory') return this.#invoke('get_directory_details', { directory_id: id }, PERSON);
    return undefined;
  }
}
