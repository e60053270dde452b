// A process that has been taken over: it speaks to its host as it likes. What it does is in the input of the call.
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const acts = {
  garbage: () => process.stdout.write('no json\n'),
  'no newline': () => {
    let left = 64;
    const more = () => {
      left -= 1;
      if (left > 0) process.stdout.write('x'.repeat(1_000_000), more);
    };
    more();
  },
  flood: () => {
    const more = () => process.stdout.write('{"type":"pong","rss":1}\n'.repeat(10_000), more);
    more();
  },
  'many requests': (call, { url }) => {
    for (let request = 1; request < 1_000; request += 1)
      send({ type: 'api', call, request, method: 'GET', url: `${url}/organizations` });
  },
  'same number': (call, { url }) => {
    const line = JSON.stringify({
      type: 'api',
      call,
      request: 1,
      method: 'GET',
      url: `${url}/organizations`,
    });
    process.stdout.write(`${line}\n${line}\n`);
  },
  'unknown code': (call) => send({ type: 'failure', call, error: { code: 'ADMIN', message: 'x' } }),
  'ready twice': () => send({ type: 'ready', permission: true }),
  request: (call, { method = 'GET', path = '/organizations', url, body, as }) =>
    send({ type: 'api', call: as ?? call, request: 1, method, url: url + path, body }),
  download: (call, { url, path }) => send({ type: 'download', call, request: 1, url: url + path }),
  // Shows the key that lies around, as the test wants it: `KEY` in the message becomes it.
  show: (call, { message, how = 'plain' }) => {
    const ways = {
      plain: (key) => key,
      base64: (key) => Buffer.from(`x${key}`).toString('base64'),
      escaped: (key) => [...key].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(''),
    };
    const text = typeof message === 'string' ? message : JSON.stringify({ call, request: 1, ...message });
    process.stdout.write(`${text.replaceAll('KEY', ways[how](bait))}\n`);
  },
  exit: () => process.exit(1),
  env: (call) =>
    send({
      type: 'result',
      call,
      draft: { value: { env: process.env, argv: process.argv, cwd: process.cwd() } },
    }),
};
let text = '';
let baseUrl;
let bait;
let running;
process.stdin.on('data', (chunk) => {
  text += chunk;
  const lines = text.split('\n');
  text = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if (message.type === 'start') {
      ({ baseUrl, bait } = message);
      send({ type: 'ready', permission: false });
    } else if (message.type === 'call') {
      running = message.call;
      acts[message.job.input.act](message.call, { url: baseUrl, ...message.job.input });
    } else if (message.request !== undefined)
      send({ type: 'result', call: running, draft: { value: message } });
  }
});
process.stdin.on('close', () => process.exit());
