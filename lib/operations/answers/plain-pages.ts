import type { IncomingMessage, ServerResponse } from "node:http";
import { rewriteBody } from "./rewritten-bodies";
import { wholeBody } from "./whole-body";

/**
 * Pages that work without script, read once by people on phones: Next's own is left out of them.
 * What they do is links and forms, which Next answers without script as well.
 */
const PLAIN_PAGE = /^\/i\/[^/?]+(?:\/answer\/[^/?]+)?\/?(?:\?|$)/;

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
  const scripts = (element: string) =>
    element.slice(0, element.indexOf(">")).includes(" data-plain");
  const links = (element: string) =>
    !element.includes(' rel="modulepreload"') &&
    !(element.includes(' rel="preload"') && element.includes(' as="script"'));
  return without(without(html, "<script", "</script>", scripts), "<link", ">", links);
}

/** A text without what stands between two marks, but for what `stays`. */
function without(
  text: string,
  opening: string,
  closing: string,
  stays: (element: string) => boolean,
): string {
  let kept = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(opening, from);
    const end = start < 0 ? -1 : text.indexOf(closing, start);
    if (end < 0) return kept + text.slice(from);
    const element = text.slice(start, end + closing.length);
    kept += text.slice(from, start) + (stays(element) ? element : "");
    from = end + closing.length;
  }
}
