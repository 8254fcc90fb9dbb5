import type { IncomingMessage, ServerResponse } from "node:http";
import { rewriteBody } from "./rewritten-bodies";
import { wholeBody } from "./whole-body";

/**
 * Pages that work without script, read once by people on phones: Next's own is left out of them.
 * What they do is links and forms, which Next answers without script as well.
 */
const PLAIN_PAGE = /^\/i\/[^/?]+\/?(?:\?|$)/;

/** Sends a plain page without Next's scripts; any other response stays as it is. */
export function leaveScriptsOut({ url = "" }: IncomingMessage, response: ServerResponse): void {
  if (!PLAIN_PAGE.test(url)) return;
  rewriteBody(response, () =>
    /^text\/html\b/.test(String(response.getHeader("content-type")))
      ? wholeBody((body) => Buffer.from(withoutScripts(body.toString("utf8"))))
      : null,
  );
}

/**
 * A page of Next's without its scripts, their data and what loads them ahead. A script that is
 * marked `data-plain` is the page's own and stays. React escapes `<` and `>` in texts and
 * attributes, so the tags are where they seem to be.
 */
export function withoutScripts(html: string): string {
  return html
    .replace(/<script\b([^>]*)>[^]*?<\/script>/g, (script, attributes: string) =>
      /\sdata-plain\b/.test(attributes) ? script : "",
    )
    .replace(/<link\b[^>]*>/g, (link) =>
      /\srel="(?:modulepreload|preload)"/.test(link) && /\s(?:as="script"|rel="module)/.test(link)
        ? ""
        : link,
    );
}
