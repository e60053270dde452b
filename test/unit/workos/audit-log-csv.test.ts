import { describe, expect, it, vi } from 'vitest';
import type { AuditRow } from '../../../src/sandbox/account/types.ts';
import { auditCsv } from '../../../src/sandbox/audit-csv.ts';
import { readAuditLogCsv } from '../../../src/workos/audit-log-csv.ts';
import { collect } from './support.ts';

const HOSTILE = 'say "hi", then\r\nleave; 😀 日本 \u0001 ,"","';
const HEADER = 'action,occurred_at,actor_id';

function row(index: number): AuditRow {
  return {
    action: `user.${index}`,
    occurred_at: new Date(index).toISOString(),
    actor: { id: `u${index}`, type: 'user', name: HOSTILE, metadata: { note: HOSTILE } },
    targets: [{ id: 't', type: 'team', name: HOSTILE, metadata: {} }],
    context: { location: '1.2.3.4', user_agent: HOSTILE },
    metadata: { text: HOSTILE, n: index, yes: true },
  };
}

/** A file that arrives in parts of this many bytes. */
function fileOf(text: string, size = 64_000): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(text);
  let place = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (place >= bytes.length) controller.close();
      else controller.enqueue(Uint8Array.from(bytes.subarray(place, (place += size))));
    },
  });
}

describe('a file', () => {
  it.each([1, 7, 64_000])('comes back as it was written, in parts of %i bytes', async (size) => {
    const rows = Array.from({ length: 20 }, (_, index) => row(index));
    const read = await collect(readAuditLogCsv(fileOf([...auditCsv(rows)].join(''), size)));
    expect(read).toEqual(
      rows.map(({ action, occurred_at, actor, metadata }) => ({
        action,
        occurred_at,
        actor_id: actor.id,
        actor_type: 'user',
        actor_name: HOSTILE,
        actor_metadata: JSON.stringify(actor.metadata),
        target_id_0: 't',
        target_type_0: 'team',
        target_name_0: HOSTILE,
        target_metadata_0: '{}',
        context_location: '1.2.3.4',
        context_user_agent: HOSTILE,
        metadata: JSON.stringify(metadata),
      })),
    );
  });

  it('may begin with a byte order mark, lack rows, and have shorter rows', async () => {
    expect(await collect(readAuditLogCsv(fileOf(`\uFEFF${HEADER}\r\n`)))).toEqual([]);
    expect(await collect(readAuditLogCsv(fileOf(`\uFEFF${HEADER}\r\na,b\r\n\r\n`)))).toEqual([
      { action: 'a', occurred_at: 'b' },
    ]);
  });

  it.each([
    ['ends within quotes', `${HEADER}\r\na,b,c\r\nd,"e`],
    ['has text behind a quote', `${HEADER}\r\na,"b"c,d\r\n`],
    ['is a page of a proxy', '<html>\n<body>Sign in</body>\n</html>\n'],
    ['is an error of the file host', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['has a row without end', `${HEADER}\r\n"${'x'.repeat(1_200_000)}`],
  ])('that %s is BAD_RESPONSE', async (_what, text) => {
    const reading = collect(readAuditLogCsv(fileOf(text)));
    await expect(reading).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    const shown = await reading.catch((error: unknown) => JSON.stringify(error));
    expect(shown).not.toMatch(/html|xml|Error>|xxx/u);
  });

  it('that breaks off gives the rows before, then BAD_RESPONSE', async () => {
    let parts = 0;
    const file = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        parts += 1;
        if (parts === 1) controller.enqueue(Buffer.from(`${HEADER}\r\na,b,c\r\n`));
        else controller.error(new TypeError('terminated'));
      },
    });
    await expect(collect(readAuditLogCsv(file))).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });
});

it('cancels the file when its reader has seen enough', async () => {
  const cancelled = vi.fn<() => void>();
  let sent = 0;
  const file = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from(`${HEADER}\r\n`)),
    pull: (controller) => {
      sent += 1;
      controller.enqueue(Buffer.from('a,b,c\r\n'.repeat(1_000)));
    },
    cancel: cancelled,
  });
  let read = 0;
  for await (const { action } of readAuditLogCsv(file)) {
    expect(action).toBe('a');
    read += 1;
    if (read === 50) break;
  }
  await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  // The file has no end: it was read only a little ahead.
  expect(sent).toBeLessThan(5_000);
});
