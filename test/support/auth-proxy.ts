import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestServer } from './server.ts';

/**
 * A loopback proxy that adds the bearer token, for clients that can't send one. It plays a native client at its own
 * address: its own name in `Host` becomes the server's, and its own `Origin`, which a native client does not send and
 * the server never takes, is left out. Any other Host and Origin go on as they are: they are the server's to judge.
 */
export async function startAuthProxy(server: Pick<TestServer, 'port' | 'token'>) {
  const proxy = createServer((incoming, outgoing) => {
    const { port } = proxy.address() as AddressInfo;
    const { host = '', origin, ...others } = incoming.headers;
    const own = [`127.0.0.1:${port}`, `localhost:${port}`];
    const headers = {
      ...others,
      ...(origin !== undefined && !own.some((name) => origin === `http://${name}`) && { origin }),
      host: own.includes(host) ? host.replace(`:${port}`, `:${server.port}`) : host,
      authorization: `Bearer ${server.token}`,
    };
    const upstream = request(
      {
        host: '127.0.0.1',
        port: server.port,
        method: incoming.method,
        path: incoming.url,
        headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
