import { type Lookout, requireNoDecoy } from '../shared/lookout.ts';
import type { Http } from '../workos/transport.ts';

/** No form of a decoy is longer. */
const OVERLAP = 100;

/** The way out with somebody who looks for decoys in all that goes out and comes in; where one is, nothing passes. */
export function watchedHttp(http: Http, lookout: Lookout, apiKey: string | undefined): Http {
  return {
    api: async (request) => {
      const { url, body = '', rateKey = '' } = request;
      requireNoDecoy(lookout, apiKey ?? '', 'the API key that is set');
      requireNoDecoy(lookout, `${url}\n${body}\n${rateKey}`, 'a request to WorkOS');
      const answer = await http.api(request);
      const headers = Array.from(answer.headers.values()).join('\n');
      requireNoDecoy(lookout, `${headers}\n${answer.text}`, 'an answer of WorkOS');
      return answer;
    },
    download: async (url, signal) => {
      requireNoDecoy(lookout, url, 'a download');
      return (await http.download(url, signal)).pipeThrough(watchedBytes(lookout));
    },
  };
}

/** Passes bytes on, and fails before the chunk in which a decoy ends. */
function watchedBytes(lookout: Lookout): TransformStream<Uint8Array, Uint8Array> {
  let before = '';
  return new TransformStream({
    transform: (chunk, controller) => {
      const text = before + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
      requireNoDecoy(lookout, text, 'a file of WorkOS');
      before = text.slice(-OVERLAP);
      controller.enqueue(chunk);
    },
  });
}
