import { threat } from './line.ts';

const METER = 'src/metrics/meter.ts';
const CALL = 'src/metrics/measured-call.ts';
const GUARD = 'src/mcp/http-guard.ts';
const PAST = 'src/metrics/past-files.ts';
const METER_TEST = 'test/unit/metrics/meter.test.ts';
const PAST_TEST = 'test/unit/metrics/past-files.test.ts';
const EVENTS_TEST = 'test/unit/metrics/told-events.test.ts';
const ENDPOINT_TEST = 'test/contract/metrics-endpoint.test.ts';
const FIGURES_TEST = 'test/unit/vscode/figures/figures.test.ts';

export const figures = threat('figures tell what they must not, or are made to lie', [
  [
    'arguments and answers are read from what is kept for figures',
    [
      METER,
      'this.#options.sink?.write({ ...call, tokens });',
      'this.#options.sink?.write({ ...call, ...payload, tokens });',
    ],
    [METER_TEST, 'tokens > are kept with the call'],
  ],
  [
    'a secret is read in the live feed of what a person saw whole',
    [CALL, '...(redacted && { preview: preview(shown) }),', 'preview: preview(shown),'],
    [METER_TEST, 'the live feed > shows the beginning of an answer as it was redacted'],
  ],
  [
    'the same, in the document of a window',
    [CALL, 'verb: verbOf(tool),', 'verb: verbOf(tool),\n    ...{ preview: shown },'],
    [FIGURES_TEST, 'the live feed of a window > shows what an agent got after redaction'],
  ],
  [
    'figures are read without the token',
    [
      GUARD,
      "if ('refusal' in admitted) return admitted;\n  if (isMetrics)",
      'if (isMetrics) return {};\n  if (isMetrics)',
    ],
    [ENDPOINT_TEST, 'GET /metrics > without a token'],
  ],
  [
    'figures of all clients are read with the connection token of one',
    [
      GUARD,
      'return admitted.grant === undefined ? admitted : { refusal: NOT_FOR_CLIENTS };',
      'return admitted;',
    ],
    [ENDPOINT_TEST, 'GET /metrics > with a connection token'],
  ],
  [
    'a client that goes by ever other names fills the memory',
    [
      'src/metrics/labels.ts',
      'if (this.#used.size >= this.#most && oldest !== undefined) {',
      'if (oldest === this.#most + "") {',
    ],
    ['test/unit/metrics/window.test.ts', 'labels > beyond the most there are'],
  ],
  [
    'a call counts twice, in the trail and in the journal',
    [
      PAST,
      'if (told.call(past.call)) return past;',
      'if (told.call(past.call) || past.call > 0) return past;',
    ],
    [PAST_TEST, 'what the files tell > is each call once'],
  ],
  [
    'an event counts twice',
    [PAST, 'const count = told.event(teller, past);', 'const { count = 1 } = past;'],
    [PAST_TEST, 'events > are incidents, told of once'],
  ],
  [
    'somebody who tries token after token counts as one who tried twice',
    [
      'src/metrics/event-causes.ts',
      "'auth.refused': ({ reason, count }) => aboutRefusal(reason, count)",
      "'auth.refused': ({ reason }) => aboutRefusal(reason, 1)",
    ],
    [EVENTS_TEST, 'connections that were refused > are all counted'],
  ],
  [
    'the same, where the trail could not be written',
    [
      'src/metrics/record-incidents.ts',
      'meter.event(aboutRefusal(why, count));',
      'meter.event(aboutRefusal(why, 1));',
    ],
    [EVENTS_TEST, 'connections that were refused > are all counted'],
  ],
  [
    'a stop counts again for each process that tells of it',
    [
      'src/metrics/incidents.ts',
      'this.#stops.some((stop) => Math.abs(at - stop) < ONE_STOP_MS)',
      'Math.abs(at - (this.#stops.at(-1) ?? 0)) < ONE_STOP_MS',
    ],
    ['test/unit/metrics/incidents.test.ts', 'the list > is one for each stop'],
  ],
  [
    'one failure hides another of the same process',
    ['src/metrics/told.ts', 'const event = `${kind} ${cause}`;', 'const event = kind;'],
    [EVENTS_TEST, 'another cause of the same kind'],
  ],
  [
    'sessions of a server that was killed seem open, since another process has its number',
    ['src/shared/running.ts', 'start === undefined || start === (startOf(pid) ?? start)', 'true'],
    ['test/unit/metrics/journal.test.ts', 'a reader > takes no word on sessions'],
  ],
  [
    'a pipe among the journals holds up whoever asks for figures, for ever',
    ['src/metrics/growing-file.ts', 'open(this.#path, READ_WITHOUT_WAITING)', 'open(this.#path)'],
    ['test/unit/metrics/journal.test.ts', 'a reader > leaves out a torn line'],
  ],
  [
    'a call is hidden by keeping it out of the journal',
    [PAST, "for await (const some of chain.read(files)) yield ['trail', some];", 'void files;'],
    [PAST_TEST, 'what the files tell > is each finished call of the trail'],
  ],
  [
    'ordinary readings push a seen decoy out of what a person reads',
    [
      'src/metrics/serious.ts',
      'incidents.toSorted((a, b) => RANKS[a.kind] - RANKS[b.kind] || b.last - a.last);',
      'incidents;',
    ],
    ['test/unit/cli/stats-text.test.ts', 'ordinary readings and failures push out nothing serious'],
  ],
  [
    'a name that a client takes writes into the document of figures',
    [
      'src/vscode/text/table.ts',
      'return cutText(unlinked(shortLine(value, 4 * most)), most);',
      'return cutText(value, most);',
    ],
    [
      'test/unit/vscode/figures/render-figures.test.ts',
      'the document of figures > keeps what third parties wrote',
    ],
  ],
]);
