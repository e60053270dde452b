import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A POST whose body comes in parts; `sent` resolves when the server has its head, `end` with the whole answer. */
export function slowRequest(
  port: number,
  { headers, length }: { readonly headers: Readonly<Record<string, string>>; readonly length: number },
) {
  const all = { ...headers, 'content-length': String(length), connection: 'close', expect: '100-continue' };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect({ host: '127.0.0.1', port });
  return {
    sent: async (part: string) => {
      socket.write(`POST /mcp HTTP/1.1\r\n${head.join('')}\r\n`);
      // "100 Continue" says that the head was looked at and let through.
      await once(socket, 'readable');
      socket.read();
      socket.write(part);
    },
    end: (part: string) => {
      const answer = text(socket);
      socket.write(part);
      return answer;
    },
  };
}
