import { hasReadableEscapes } from "@/lib/core/address";
import type { ErrorCode } from "@/lib/core/errors";
import { isApiAddress } from "./json-errors";

/** The methods that anything of ours takes, or refuses by itself. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Next draws its page for what is not there. */
const NO_SUCH_PAGE = "/not-found";

type Refusal = { code: ErrorCode; message: string };

/**
 * What a request asks for, read once and in front of everything: the path and query that all behind
 * it go by, or why it is refused. Next would answer some of these 500, or not at all. A page is
 * refused for its path only: what others append to a link (`?utm_campaign=50%`) must not cost the
 * visit.
 */
export function readTarget({
  method = "GET",
  url = "/",
}: {
  method?: string;
  url?: string;
}): { url: string } | { refusal: Refusal; url: string } {
  const target = withoutDetours(withoutOrigin(url));
  const refused = (code: ErrorCode, message: string) => ({
    refusal: { code, message },
    url: target,
  });
  if (!METHODS.some((known) => known === method))
    return refused("method_not_allowed", "Nothing here takes this method.");
  if (!target.startsWith("/")) return refused("invalid_request", "An address begins with a slash.");
  if (target.includes("#"))
    return refused("invalid_request", "An address is sent without its fragment (#).");
  const [path = ""] = target.split("?");
  if (isApiAddress(target)) {
    if (!hasReadableEscapes(target))
      return refused("invalid_request", "This address has a percent escape that is no text.");
    // A parameter with one is refused by its name.
    if (path.includes("%00"))
      return refused("invalid_request", "This address has a NUL character.");
    return { url: target };
  }
  return { url: hasReadableEscapes(path) && !path.includes("%00") ? target : NO_SUCH_PAGE };
}

/** A proxy may send the whole address, "http://host/path"; which host it names is no news to us. */
function withoutOrigin(url: string): string {
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
  if (origin === undefined) return url;
  const rest = url.slice(origin.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** The target without "..", "." and "\", as everyone behind resolves them, so that none differs. */
function withoutDetours(target: string): string {
  if (!target.startsWith("/") || target.includes("#")) return target;
  if (!/[\\\s]|\/(?:\.|%2e)|[^\x21-\x7e]/i.test(target)) return target;
  const { pathname, search } = new URL(`http://host${target}`);
  return pathname + search;
}
