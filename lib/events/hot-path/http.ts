import type { IncomingHttpHeaders } from "node:http";

/**
 * What a hot path is asked, apart from any framework: `server.ts` makes it from node:http, a route
 * file from a web `Request`. Header names are in lower case; `body` is absent where there is none.
 */
export type HotRequest = {
  method: string;
  /** The path alone, as sent: "/r/ANNA-7K2". */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body?: Buffer;
  /** The address of the sender, as far as it can be trusted. */
  ip: string;
};

/** What it answers. A header with several values (cookies) is an array. */
export type HotResponse = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
};

/** A hot path's handler; it answers whatever comes and never throws. */
export type HotHandler = (request: HotRequest) => Promise<HotResponse>;
