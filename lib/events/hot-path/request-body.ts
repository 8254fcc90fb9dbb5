import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DomainError } from "@/lib/core/errors";
import { mayHoldBadText } from "../rules/free-json";
import { MAX_BODY_BYTES } from "../schema";
import type { HotRequest } from "./http";

const unzip = promisify(gunzip);

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
/** What `navigator.sendBeacon` says of a text, or of bytes: nothing. */
const BEACON_TYPE = /^(?:text\/plain\s*(?:;|$)|$)/i;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * The JSON of a request, zipped or not, with or without a byte order mark.
 * @param mayBeBeacon whether it may come as `navigator.sendBeacon` sends it: as plain text
 * @returns the value, and whether its texts were seen to hold nothing that the database refuses
 * @throws DomainError for anything but JSON of a fair size, before and after unzipping
 */
export async function readBody(
  { headers, body }: HotRequest,
  mayBeBeacon: boolean,
): Promise<{ value: unknown; isClean: boolean }> {
  const type = headers["content-type"] ?? "";
  if (!JSON_TYPE.test(type) && !(mayBeBeacon && BEACON_TYPE.test(type))) {
    throw new DomainError(
      "unsupported_media_type",
      "Send JSON, with Content-Type: application/json.",
    );
  }
  if (!body || body.length === 0) throw new DomainError("invalid_request", "The body is empty.");
  if (body.length > MAX_BODY_BYTES) throw tooLarge();
  const bytes = await unzipped(body, headers["content-encoding"]);
  if (!isUtf8(bytes)) throw new DomainError("invalid_request", "The body is not UTF-8.");
  const text = bytes.toString("utf8");
  try {
    const value: unknown = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
    return { value, isClean: !mayHoldBadText(text) };
  } catch {
    throw new DomainError("invalid_request", "The body is not JSON.");
  }
}

/** No more is unzipped than a request may have: a small body may hold a huge one. */
async function unzipped(body: Buffer, encoding = "identity"): Promise<Buffer> {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return body;
    case "gzip":
    case "x-gzip":
      try {
        return await unzip(body, { maxOutputLength: MAX_BODY_BYTES });
      } catch (error) {
        if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
        throw new DomainError("invalid_request", "The body is not what gzip makes.");
      }
    default:
      throw new DomainError(
        "unsupported_media_type",
        "Send the body uncompressed, or with Content-Encoding: gzip.",
      );
  }
}

function tooLarge(): DomainError {
  return new DomainError(
    "payload_too_large",
    "A request may have at most 1 MiB, before and after unzipping.",
  );
}
