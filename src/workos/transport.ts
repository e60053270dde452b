/** One API request, before the key is put in. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string | undefined;
  /** True when the request may be sent more than once: repeating it does no harm, and there is time for it. */
  readonly repeatable: boolean;
  /** Requests with the same key share four requests per second. */
  readonly rateKey?: string | undefined;
  /** Goes after requests that do not yield when several wait for their turn. */
  readonly yields?: boolean | undefined;
  readonly signal: AbortSignal;
  /** Told when the request has to wait, in words. */
  readonly onWait: (message: string) => void;
}

/** An answer, read whole. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Http {
  /** Sends an API request. Any HTTP status is an answer; throws AppError when there is none. */
  api(request: ApiRequest): Promise<ApiResponse>;
  /** Streams a file from the export host, without the key. Throws AppError. */
  download(url: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}
