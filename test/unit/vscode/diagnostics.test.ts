import { describe, expect, it } from 'vitest';
import { redactBaseUrl, remoteKind, renderDiagnostics } from '../../../src/vscode/commands/diagnostics.ts';
import { RecentCalls } from '../../../src/vscode/recent-calls.ts';

const SECRET = 'Secret Client';

function calls(count: number): RecentCalls {
  const recent = new RecentCalls();
  for (let at = 0; at < count; at += 1) {
    recent.observe({
      time: new Date(Date.UTC(2026, 10, 22, 10, 0, at)),
      tool: 'list_directories',
      caller:
        at % 2 === 0
          ? { kind: 'agent', session: SECRET, client: { name: SECRET, version: '1' } }
          : { kind: 'person', surface: 'tree' },
      ms: 12.6,
      bytes: 345,
      status: 'ok',
    });
  }
  return recent;
}

describe('the latest calls', () => {
  it('are the last 20, oldest first, without who the agent was', () => {
    const list = calls(25).list();
    expect(list.map(({ time }) => time.getUTCSeconds())).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 5),
    );
    expect(list[0]).toMatchObject({ by: 'tree', ms: 13, bytes: 345, status: 'ok' });
    expect(JSON.stringify(list)).not.toContain(SECRET);
  });
});

describe('a report', () => {
  it('says what runs where and what was called, and that nothing was sent', () => {
    const text = renderDiagnostics({
      extension: '0.1.0',
      editor: 'VS Code 1.139.0 (en)',
      system: 'linux x64, Node 24',
      place: 'this machine, desktop',
      environment: 'production, read-only',
      tools: 9,
      settings: { 'workos.readOnly': false },
      calls: calls(2).list(),
    });
    expect(text).toContain('Nothing has been sent.');
    expect(text).toContain(
      '- Environment: production, read-only\n- Tools listed: 9\n- `workos.readOnly`: false',
    );
    expect(text).toContain('| 10:00:00 | list_directories | agent | 13 ms | 345 | ok |');
    expect(text).not.toContain(SECRET);
  });

  it('names no machine', () => {
    expect(remoteKind(undefined)).toBe('this machine');
    expect(remoteKind('ssh-remote')).toBe('ssh-remote');
    expect(remoteKind('build.customer.example:22')).toBe('another remote');
  });

  it.each([
    ['', 'https://api.workos.com'],
    ['https://api.workos.com/', 'https://api.workos.com'],
    ['http://127.0.0.1:8080', 'this machine'],
    ['http://localhost.evil.example', 'another host'],
    ['https://api.workos.com.evil.example', 'another host'],
    ['https://proxy.customer.example', 'another host'],
  ])('shows the base URL “%s” as %s', (baseUrl, shown) => {
    expect(redactBaseUrl(baseUrl)).toBe(shown);
  });
});
