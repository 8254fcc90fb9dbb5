import { hash } from "node:crypto";
import { hasReadableEscapes, isSecure } from "@/lib/core/address";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { log } from "@/lib/core/log";
import { systemNow } from "@/lib/core/time";
import { refuse } from "./answers";
import { campaignOf, contextOf } from "../rules/campaign";
import {
  channelOf,
  codeOfPath,
  deviceOf,
  hostOf,
  isPrefetch,
  isProgram,
  localeOf,
  locationOf,
} from "../rules/click";
import { isOneTooMany } from "./rate-limits";
import { type Click, clickWriter } from "./click-writer";
import type { HotRequest, HotResponse } from "./http";
import { newVisitorId, visitorCookie, visitorOf } from "../rules/visitor";

const DAY_SECONDS = 86_400;

/**
 * `GET /r/CODE`: stores the click of a person (never that of a bot, a preview, a prefetch or a
 * HEAD, and of one network no more than a crowd's worth) and redirects to the invite page or the
 * shop. Whatever is wrong with the code, the answer is a redirect to a kind page; never throws.
 */
export async function click(request: HotRequest): Promise<HotResponse> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { ...refuse("not_found", "A share link only answers GET."), status: 405 };
  }
  if (!hasReadableEscapes(request.path)) return refuse("not_found", "There is no such link.");
  const code = codeOfPath(request.path);
  if (!code) return redirect("/i/unknown");
  try {
    return await follow(request, code);
  } catch (error) {
    if (!(error instanceof DomainError)) log.error({ err: error }, "a click failed");
    return {
      status: 503,
      body: "We are very busy. Please open this link again in a moment.",
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "retry-after": "1",
      },
    };
  }
}

async function follow(request: HotRequest, code: string): Promise<HotResponse> {
  const { headers } = request;
  const userAgent = headers["user-agent"] ?? "";
  const isPerson = request.method === "GET" && !isProgram(userAgent) && !isPrefetch(headers);
  const isCrowd = isPerson && isOneTooMany(request.ip, code);
  const visitorId = visitorOf(headers.cookie) ?? newVisitorId();
  const campaign = campaignOf(request.query);
  const bodyJson = JSON.stringify({
    code,
    device: deviceOf(userAgent),
    referrer: hostOf(headers.referer),
    locale: localeOf(headers["accept-language"]),
    ...(campaign.length > 0 && {
      context: contextOf(campaign),
      properties: Object.fromEntries(campaign),
    }),
  });
  const clicked: Click = {
    id: newId("clk"),
    code,
    visitorId,
    counts: isPerson && !isCrowd,
    isCrowd,
    bodyJson,
    channel: channelOf(request.query.get("c")),
    at: systemNow(),
    bodyHash: hash("sha256", bodyJson, "hex"),
  };
  const [answer] = await clickWriter.add([clicked]);
  if (!answer?.isLive) return redirect(`/i/${code}`);
  const response = redirect(locationOf(code, answer.clickId, answer.destination, campaign));
  if (answer.clickId) {
    response.headers["set-cookie"] =
      `${visitorCookie()}=${visitorId}; Path=/; Max-Age=${answer.windowDays * DAY_SECONDS}; ` +
      `HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;
  }
  return response;
}

function redirect(location: string): HotResponse {
  return {
    status: 302,
    body: "",
    headers: {
      location,
      "cache-control": "no-store",
      "x-robots-tag": "noindex",
      "referrer-policy": "origin",
    },
  };
}
