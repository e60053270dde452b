import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../src/gateway/record.ts';
import { logCalls } from '../../../src/vscode/call-log.ts';
import { requestKeyOnce } from '../../../src/vscode/environments/key-request.ts';

const AGENT: CallRecord['caller'] = {
  kind: 'agent',
  session: 's',
  client: { name: 'copilot', version: '1' },
};
const person = (surface: 'tree' | 'command'): CallRecord['caller'] => ({ kind: 'person', surface });

function record(caller: CallRecord['caller'], status = 'ok', call = 1): CallRecord {
  return { call, time: new Date(0), tool: 'list_directories', caller, ms: 12.6, bytes: 345, status };
}

describe('logCalls', () => {
  it('gives each call a line under its number', () => {
    const lines: string[] = [];
    const observe = logCalls((line) => void lines.push(line));
    observe(record(AGENT));
    observe(record(person('tree'), 'TIMEOUT', 27));
    expect(lines).toEqual([
      '#1 list_directories agent:copilot 13 ms 345 bytes ok',
      '#27 list_directories person:tree 13 ms 345 bytes TIMEOUT',
    ]);
  });

  it('keeps a client’s name on the line', () => {
    const lines: string[] = [];
    const client = { name: 'evil\n#9 forged\u202E', version: '1' };
    logCalls((line) => void lines.push(line))(record({ kind: 'agent', session: 's', client }));
    expect(lines).toEqual(['#1 list_directories agent:evil #9 forged 13 ms 345 bytes ok']);
  });
});

describe('requestKeyOnce', () => {
  function asked(...records: CallRecord[]): string[] {
    const troubles: string[] = [];
    const observe = requestKeyOnce((trouble) => void troubles.push(trouble));
    for (const each of records) observe(each);
    return troubles;
  }

  it('asks once, whoever fails first', () => {
    const trouble = record(AGENT, 'NO_API_KEY');
    expect(asked(trouble, trouble, record(person('tree'), 'INVALID_API_KEY'))).toEqual(['missing']);
    expect(asked(record(person('tree'), 'INVALID_API_KEY'), trouble)).toEqual(['refused']);
  });

  it('asks neither for other failures nor for commands, which tell their person themselves', () => {
    expect(asked(record(AGENT), record(AGENT, 'NETWORK'), record(person('command'), 'NO_API_KEY'))).toEqual(
      [],
    );
  });
});
