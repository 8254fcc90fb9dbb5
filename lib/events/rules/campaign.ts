import { withoutTail } from "@/lib/core/values/code";
import { trimUnseen } from "@/lib/core/values/invisible";

/** Most parameters of a link that are kept, and the longest value of one. */
const MOST = 20;
const LONGEST = 500;

/** Ids of clicks on advertisements and of emails; others end in "clid", "clkid" or "click_id". */
const CLICK_IDS = new Set([
  "_hsenc",
  "_hsmi",
  "_kx",
  "cjevent",
  "dicbo",
  "ef_id",
  "epik",
  "gad_campaignid",
  "gad_source",
  "gbraid",
  "gclsrc",
  "igsh",
  "igshid",
  "li_fat_id",
  "mc_cid",
  "mc_eid",
  "mkt_tok",
  "rdt_cid",
  "s_kwcid",
  "sccid",
  "srsltid",
  "tblci",
  "vero_id",
  "wbraid",
]);
const CAMPAIGN = /^(?:utm_[a-z0-9_]{1,40}|[a-z_]{1,20}clk?id|[a-z_]{0,20}click_?id)$/;

/** What a link says of the campaign that it was spread by: names and values in their order. */
export type Campaign = readonly (readonly [name: string, value: string])[];

/**
 * The campaign of a link (`utm_*`, `gclid`, `fbclid`, …): it is kept with the click, and passed on
 * to where the click leads. Each name once, its first value; what nobody sees is left out, and so
 * is all else that an address may carry.
 */
export function campaignOf(query: URLSearchParams): Campaign {
  const found = new Map<string, string>();
  const given = [...query];
  for (const [place, [name, raw]] of given.entries()) {
    const known = name.toLowerCase();
    if (!CAMPAIGN.test(known) && !CLICK_IDS.has(known)) continue;
    const seen = trimUnseen(raw.slice(0, LONGEST).replace(/\p{C}/gu, ""));
    // Behind a pasted link stands what its sentence goes on with.
    const value = place === given.length - 1 ? withoutTail(seen) : seen;
    if (value !== "" && !found.has(name) && found.size < MOST) found.set(name, value);
  }
  return [...found];
}

/** The part of it that events have fields of their own for. */
export function contextOf(campaign: Campaign): Record<string, string> {
  const context: Record<string, string> = {};
  for (const [name, value] of campaign) {
    const field = /^utm_(source|medium|campaign|term|content)$/i.exec(name)?.[1]?.toLowerCase();
    if (field) context[field] ??= value.slice(0, 200);
  }
  return context;
}
