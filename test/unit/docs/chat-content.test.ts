import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHAT_FOLDER, chatContent } from '../../../scripts/chat-content.mts';
import { JOBS } from '../../../src/mcp/jobs.ts';
import { tools } from '../../../src/tools/registry.ts';

const ROOT = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const content = [...chatContent()];
const headOf = (text: string) =>
  parse(/^---\n(.*?)\n---\n\n/su.exec(text)?.[1] ?? '') as Record<string, unknown>;
const { contributes } = JSON.parse(textOf('package.json')) as {
  contributes: Record<'chatAgents' | 'chatSkills' | 'chatPromptFiles', { path: string }[]> & {
    mcpServerDefinitionProviders: { label: string }[];
  };
};

describe('media/chat', () => {
  it('holds what `npm run docs` writes, and nothing else', () => {
    const found = globSync('**/*.md', { cwd: new URL(`${CHAT_FOLDER}/`, ROOT) }).map((path) =>
      path.replaceAll('\\', '/'),
    );
    expect(found.toSorted()).toEqual(content.map(([path]) => path).toSorted());
    for (const [path, text] of content) expect(textOf(`${CHAT_FOLDER}/${path}`)).toBe(text);
  });

  it('is contributed by package.json, each file once', () => {
    const { chatAgents, chatSkills, chatPromptFiles } = contributes;
    const paths = [...chatAgents, ...chatSkills, ...chatPromptFiles].map(({ path }) => path);
    expect(paths.toSorted()).toEqual(content.map(([path]) => `./${CHAT_FOLDER}/${path}`).toSorted());
    for (const { path } of chatAgents) expect(path).toMatch(/\.agent\.md$/u);
    for (const { path } of chatSkills) expect(path).toMatch(/\/SKILL\.md$/u);
    for (const { path } of chatPromptFiles) expect(path).toMatch(/\.prompt\.md$/u);
  });

  it('has one prompt file per job, for the agent, under a name of its own', () => {
    const prompts = content.filter(([path]) => path.startsWith('prompts/'));
    expect(prompts).toHaveLength(JOBS.length);
    for (const [path, text] of prompts) {
      const head = headOf(text);
      expect(head).toMatchObject({
        agent: 'WorkOS',
        description: expect.any(String),
        'argument-hint': expect.any(String),
      });
      expect(`${String(head['name'])}.prompt.md`).toBe(basename(path));
      expect(head['name']).toMatch(/^workos-[a-z-]+$/u);
    }
    for (const { name, arguments: list, steps } of JOBS) {
      const [, text = ''] = prompts.find(([path]) => path.includes(name.replaceAll('_', '-'))) ?? [];
      expect(text).toContain(steps);
      for (const argument of list) expect(text).toContain(`\${input:${argument.name}}`);
    }
  });

  it('gives the agent the tools of this server only', () => {
    const [, text = ''] = content.find(([path]) => path.startsWith('agents/')) ?? [];
    const [{ label } = { label: '' }] = contributes.mcpServerDefinitionProviders;
    expect(headOf(text)).toMatchObject({ name: 'WorkOS', tools: [`${label.toLowerCase()}/*`] });
    expect(headOf(text)).not.toHaveProperty('model');
  });

  it('has a skill that is named after its folder, fits its limits and knows every tool', () => {
    const [path = '', text = ''] = content.find(([each]) => each.startsWith('skills/')) ?? [];
    const { name, description } = headOf(text);
    expect(name).toBe(basename(dirname(path)));
    expect(String(description).length).toBeLessThanOrEqual(1_024);
    expect(text.split('\n').length).toBeLessThan(500);
    expect(text).not.toMatch(/\]\(/u);
    for (const tool of Object.keys(tools)) expect(text).toContain(`| ${tool} | `);
  });
});
