import { threat } from './line.ts';

const HTTP = 'src/egress/http.ts';
const SPAWN = 'src/isolate/spawn.ts';
const TEST = 'test/contract/secret-theft.test.ts';

export const secretTheft = threat('the API key is stolen', [
  [
    'WorkOS, or whoever answers for it, says the key back',
    [HTTP, "body.replaceAll(apiKey, '[WorkOS API key]')", 'body'],
    [TEST, 'the key comes back in no answer'],
  ],
  [
    'the environment of a process that is started',
    [SPAWN, 'env: environment(),', ''],
    [TEST, 'the key is in no process'],
  ],
  [
    'the command line of one',
    [SPAWN, '...flags, real, ...args]', "...flags, real, ...args, String(process.env['WORKOS_API_KEY'])]"],
    [TEST, 'the key is in no process'],
  ],
  [
    'a configuration for clients, which people share',
    [
      'src/cli/client-configuration.ts',
      '{ Authorization: `Bearer ${token}` }',
      "{ Authorization: `Bearer ${process.env['WORKOS_API_KEY']}` }",
    ],
    [TEST, 'the key is in no help'],
  ],
  [
    'a line of the log',
    [HTTP, 'logger.debug(networkAssurance(network));', 'logger.warn(String(apiKey));'],
    [TEST, 'the key is in no log'],
  ],
  [
    'the headers of an answer, in the process of the tools',
    [
      'src/isolate/answer-requests.ts',
      "headers: retry === null ? [] : [['retry-after', retry]],",
      'headers: [...headers],',
    ],
    ['test/unit/isolate/requests.test.ts', 'an isolate that was taken over > gets the answers'],
  ],
  [
    'a download, which is from another host',
    [HTTP, 'headers: {},', "headers: { authorization: 'Bearer x' },"],
    ['test/unit/egress/download.test.ts', 'a download > streams the file without the key'],
  ],
  [
    'the password of the proxy, in an error',
    ['src/egress/proxy.ts', 'name: `${url.hostname}:${port}`', 'name: url.href'],
    ['test/unit/egress/tunnel.test.ts', 'a proxy that makes no way > with 407'],
  ],
  [
    'the settings of VS Code, which are synchronised in clear',
    [
      'src/vscode/environments/environment-store.ts',
      'await this.#storage.secrets.store(secretName(id), text);',
      'await this.#storage.secrets.store(secretName(id), text);\n    await this.#storage.state.update(secretName(id), text);',
    ],
    [
      'test/unit/vscode/environments/environments.test.ts',
      'Environments > keeps a key in the secret storage',
    ],
  ],
]);
