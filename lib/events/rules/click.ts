import type { IncomingHttpHeaders } from "node:http";
import { isbot } from "isbot";
import { readShareCode, withoutTail } from "@/lib/core/values/code";
import type { Campaign } from "./campaign";
import { SHARE_CHANNELS, type ShareChannel } from "../schema";

/** One person's clicks on one code within this time are one click. */
export const CLICK_BUCKET_MS = 30 * 60_000;

/**
 * Programs that fetch a page to draw its preview and say so only in their own words. An app that
 * begins with its own name fetches by itself; in the browser inside an app, its name stands behind
 * the browser's ("Mozilla/5.0 … Viber/20.6"), and a person looks at it.
 */
const PREVIEW_AGENTS = new RegExp(
  [
    "^(?:whatsapp|viber|line|micromessenger|wechat|telegram|instagram|snapchat|kakaotalk|zalo)\\b",
    "^(?:signal|skype|slack|discord|twitter|tiktok|linkedin|facebook|messenger|vk|weibo)\\b",
    "^(?:mastodon|misskey)\\b",
    "cfnetwork/[\\d.]+ darwin/",
    "^dalvik/",
    // Viber on a desktop opens links in the browser of the system; this one only draws previews.
    "qtwebengine/.* viber\\b",
    "skypeuripreview",
    "telegrambot",
    "kakaotalk-scrap",
    "snap url preview",
    "line-poker",
    "linespider",
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
    "bluesky cardyb",
    "linkexpanding",
    "\\bpreview(?:/|\\b.*\\b(?:service|bot)\\b)",
    "(?:link|url|uri|web|page) ?preview",
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

/**
 * "ANNA-7K2" of "/r/anna-7k2", and of "/r/ANNA-7K2)." as a sentence leaves it; null when it cannot
 * be a code.
 */
export function codeOfPath(path: string): string | null {
  const match = /^\/r\/([^/]{1,400})(?:\/[^/a-z0-9]{0,20})?$/i.exec(path);
  if (!match) return null;
  try {
    return readShareCode(decodeURIComponent(match[1]!));
  } catch {
    return null;
  }
}

/** The channel that a share link names in `?c=`; "copy)." is "copy". */
export function channelOf(text: string | null): ShareChannel {
  const named = text === null ? null : withoutTail(text);
  return SHARE_CHANNELS.find((channel) => channel === named) ?? "link";
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
 * it, with the code, the click and the link's own campaign. An address that is not http(s) is never
 * followed.
 */
export function locationOf(
  code: string,
  clickId: string | null,
  destination: Destination | null,
  campaign: Campaign = [],
): string {
  if (destination?.kind === "shop") {
    const url = URL.canParse(destination.url) ? new URL(destination.url) : null;
    if (url && (url.protocol === "https:" || url.protocol === "http:")) {
      url.searchParams.set("code", code);
      if (clickId) url.searchParams.set("click", clickId);
      for (const [name, value] of campaign) url.searchParams.set(name, value);
      return url.href;
    }
  }
  const query = new URLSearchParams(clickId ? [["click", clickId]] : []);
  for (const [name, value] of campaign) query.set(name, value);
  return query.size > 0 ? `/i/${code}?${query}` : `/i/${code}`;
}
