import type { IncomingHttpHeaders } from "node:http";
import { isbot } from "isbot";
import { readShareCode } from "@/lib/core/values/code";
import { SHARE_CHANNELS, type ShareChannel } from "../schema";

/** One person's clicks on one code within this time are one click. */
export const CLICK_BUCKET_MS = 30 * 60_000;

/** Programs that fetch a page to draw its preview and say so only in their own words. */
const PREVIEW_AGENTS = new RegExp(
  [
    "whatsapp/",
    "skypeuripreview",
    "telegrambot",
    "viber",
    "kakaotalk-scrap",
    "snap url preview",
    "line-poker",
    "iframely",
    "embedly",
    "outbrain",
    "pinterest/0",
    "vkshare",
    "w3c_validator",
    "bitlybot",
    "quora link preview",
    "microsoft-teams",
    "msteams",
    "slack-imgproxy",
    "google-pagerenderer",
    "google web preview",
    "mastodon",
    "misskey",
    "bluesky cardyb",
    "linkexpanding",
    "preview",
  ].join("|"),
  "i",
);

const known = new Map<string, boolean>();
const MAX_KNOWN = 2_000;

/**
 * Whether this user agent is a program: a bot, a link preview, a library, or somebody who says
 * nothing at all.
 */
export function isProgram(userAgent: string | undefined): boolean {
  if (!userAgent) return true;
  const text = userAgent.slice(0, 500);
  let answer = known.get(text);
  if (answer === undefined) {
    answer = isbot(text) || PREVIEW_AGENTS.test(text);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, answer);
  }
  return answer;
}

/** Whether the browser fetches ahead, for a page that nobody may ever look at. */
export function isPrefetch(headers: IncomingHttpHeaders): boolean {
  return [headers["sec-purpose"], headers["purpose"], headers["x-purpose"], headers["x-moz"]].some(
    (value) => value !== undefined && /prefetch|prerender|preview/i.test(String(value)),
  );
}

/** "ANNA-7K2" of "/r/anna-7k2"; null when it cannot be a code. */
export function codeOfPath(path: string): string | null {
  const match = /^\/r\/([^/]{1,400})\/?$/.exec(path);
  if (!match) return null;
  try {
    return readShareCode(decodeURIComponent(match[1]!));
  } catch {
    return null;
  }
}

/** The channel that a share link names in `?c=`. */
export function channelOf(text: string | null): ShareChannel {
  return SHARE_CHANNELS.find((channel) => channel === text) ?? "link";
}

export type Device = "mobile" | "tablet" | "desktop";

/** A rough class, from what the browser says of itself. */
export function deviceOf(userAgent: string): Device {
  // No browser says more; what a sender makes longer would be searched again from each "android" in
  // it.
  const text = userAgent.slice(0, 500);
  if (/ipad|tablet|kindle|silk\/|playbook|android(?!.*mobile)/i.test(text)) return "tablet";
  return /mobi|iphone|ipod|android/i.test(text) ? "mobile" : "desktop";
}

/** The host of the page that held the link; the rest of its address is nobody's business. */
export function hostOf(referrer: string | undefined): string | undefined {
  const match = referrer
    ? /^https?:\/\/(?:[^/?#@]*@)?([a-z0-9.-]{1,253})(?::\d+)?(?:[/?#]|$)/i.exec(referrer)
    : null;
  return match?.[1]?.toLowerCase();
}

/** The language that the browser asks for first. */
export function localeOf(acceptLanguage: string | undefined): string | undefined {
  return acceptLanguage
    ? /^\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})\s*(?:[,;]|$)/.exec(acceptLanguage)?.[1]
    : undefined;
}

/** Where a published program sends a click. */
export type Destination = { kind: "invite" } | { kind: "shop"; url: string };

/**
 * The address that a click is sent on to: the invite page, or the shop as the published terms name
 * it, with the code and the click. An address that is not http(s) is never followed.
 */
export function locationOf(
  code: string,
  clickId: string | null,
  destination: Destination | null,
): string {
  if (destination?.kind === "shop") {
    const url = URL.canParse(destination.url) ? new URL(destination.url) : null;
    if (url && (url.protocol === "https:" || url.protocol === "http:")) {
      url.searchParams.set("code", code);
      if (clickId) url.searchParams.set("click", clickId);
      return url.href;
    }
  }
  return clickId ? `/i/${code}?click=${clickId}` : `/i/${code}`;
}
