import { hasReadableEscapes } from "@/lib/core/address";
import { isApiAddress } from "./json-errors";

/**
 * What becomes of a request whose address has percent escapes that are no text: Next would answer
 * 500, or not at all. The API refuses them wherever they stand. A page is refused for its path
 * only: what others append to a link (`?utm_campaign=50%`) must not cost the visit.
 * @returns null for an address that can be read
 */
export function refusalOfAddress(url = "/"): "bad request" | "not found" | null {
  if (!url.includes("%")) return null;
  if (isApiAddress(url)) return hasReadableEscapes(url) ? null : "bad request";
  const [path = ""] = url.split("?");
  return hasReadableEscapes(path) ? null : "not found";
}
