import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  type BrotliOptions,
} from "node:zlib";
import { rewriteBody } from "./rewritten-bodies";
import { wholeBody } from "./whole-body";

export type Encoding = "br" | "gzip";

/** What shrinks; pictures and fonts are compressed already. */
const SHRINKS = /^text\/|^application\/(?:json|javascript|\w+\+json|xml)\b|^image\/svg/;

/** Below it, an encoding costs more than it saves. */
const LEAST_BYTES = 1_024;

/** Files of a build never change under their name: each is compressed once, as far as it goes. */
const BUILT = /^\/_next\/static\/[^?]+/;

/**
 * The files of this build as they were sent, by encoding and address: no others, since an address
 * without a file is not found.
 */
const built = new Map<string, { headers: OutgoingHttpHeaders; body: Buffer }>();

/** The best encoding that a client takes by its Accept-Encoding; null if it takes none of ours. */
export function encodingFor(accepted: string | string[] | undefined): Encoding | null {
  const wishes = String(accepted ?? "")
    .toLowerCase()
    .split(",")
    .map((wish) => wish.split(";").map((part) => part.trim()))
    .filter(([, quality]) => !quality?.startsWith("q=") || Number(quality.slice(2)) > 0)
    .map(([name]) => name);
  return (["br", "gzip"] as const).find((encoding) => wishes.includes(encoding)) ?? null;
}

/**
 * Lets a response be sent compressed where its client takes that.
 * @returns true if it was answered here: a file of the build that was compressed before
 */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): boolean {
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const file = request.method === "GET" ? BUILT.exec(request.url ?? "")?.[0] : undefined;
  const key = `${encoding} ${file}`;
  const kept = file && !isConditional(request) ? built.get(key) : undefined;
  if (kept) {
    response.writeHead(200, kept.headers);
    response.end(kept.body);
    return true;
  }
  rewriteBody(response, () => {
    if (!shrinks(response)) return null;
    addVary(response);
    if (!encoding || request.method === "HEAD" || isSmall(response)) return null;
    response.setHeader("content-encoding", encoding);
    weakenTag(response);
    if (!file || response.statusCode !== 200) return createEncoder(encoding);
    return wholeBody(async (body) => {
      const packed = await packs[encoding](body);
      built.set(key, {
        headers: { ...response.getHeaders(), "content-length": packed.length },
        body: packed,
      });
      return packed;
    });
  });
  return false;
}

function isConditional({ headers }: IncomingMessage): boolean {
  return ["if-none-match", "if-modified-since", "range"].some((name) => name in headers);
}

function shrinks(response: ServerResponse): boolean {
  const { statusCode } = response;
  if (statusCode < 200 || statusCode === 204 || statusCode === 206 || statusCode === 304)
    return false;
  return (
    SHRINKS.test(String(response.getHeader("content-type"))) &&
    !response.hasHeader("content-encoding")
  );
}

function isSmall(response: ServerResponse): boolean {
  const length = response.getHeader("content-length");
  return length !== undefined && Number(length) < LEAST_BYTES;
}

function addVary(response: ServerResponse): void {
  const vary = response.getHeader("vary");
  response.setHeader("vary", vary ? `${String(vary)}, Accept-Encoding` : "Accept-Encoding");
}

/** The same content in other bytes: a tag that names the bytes would be wrong. */
function weakenTag(response: ServerResponse): void {
  const tag = response.getHeader("etag");
  if (typeof tag === "string" && !tag.startsWith("W/")) response.setHeader("etag", `W/${tag}`);
}

const brotli = (quality: number): BrotliOptions => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
});

/** For what is made anew each time: quick before small. */
function createEncoder(encoding: Encoding) {
  return encoding === "br" ? createBrotliCompress(brotli(4)) : createGzip({ level: 6 });
}

const compressBrotli = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);
const compressGzip = promisify<Buffer, { level: number }, Buffer>(gzip);

const packs: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => compressBrotli(body, brotli(11)),
  gzip: (body) => compressGzip(body, { level: 9 }),
};
