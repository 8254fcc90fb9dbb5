import { describe, expect, it } from "vitest";
import type { Locale } from "./locales";
import { leaves } from "./testing";
import { messagesOf } from "./translator";

/** Words that have a better one: one word for each thing (see the words in the README). */
const NEVER: Record<Locale, [never: RegExp, instead: string][]> = {
  en: [
    [/\bmail(s|ed|ing|box(es)?)?\b/i, "email"],
    [/\bpay-out/i, "payout"],
    [/\bplaces?\b/i, "rank"],
    [/\b(boards?|standings?)\b/i, "leaderboard, ranking or tier"],
    [/\b(ran|runs?|running) out\b|\blaps(e|es|ed)\b|\bis gone\b/i, "expires, expired"],
    [/\b(take|takes|taken|took|call|called) back\b|\bwithdr[ae]w/i, "void or reverse"],
    [/\b(keep|keeps|kept) back\b/i, "withhold"],
    [/\b(hand|hands|handed) (over|out)\b|\b(give|given|gave) out\b|\bfulfil/i, "deliver"],
    [/\bwork(s|ed)? off\b/i, "process"],
    [/\bconfirmed\b/i, "qualified"],
    [/\b(doings?|deeds?)\b/i, "action"],
    [/\bunless told\b/i, "by default"],
    [/\blet go\b/i, "release"],
    [/\bin force\b/i, "in effect, or switched on"],
    [/\b(some|no|any)body\b|\bthe one who\b/i, "someone, no one, the person who"],
    [/(?<!email |web )\baddress/i, "email address, web address or link"],
    [/(^|[.!?] )(There (is|are)|What|Nobody)\b/, "a sentence that begins with its subject"],
    [/\d %/, "a percent sign without a blank"],
  ],
  sq: [
    [/konfirmua/i, "i kualifikuar, kualifikohet"],
    [/\bmail/i, "email"],
    [/tërhoq|tërhequr/i, "anuloi, mori mbrapsht"],
    [/dëftes/i, "detajet"],
    [/artikuj/i, "produkte"],
    [/«|»/, "“…”"],
    [/\b(të|i|e) kthyer mbrapsht/i, "i marrë mbrapsht"],
  ],
  zh: [
    [/您/, "你"],
    [/朋友/, "好友"],
    [/计划/, "活动"],
    [/确认/, "达标"],
    [/撤回/, "收回"],
    [/凭据/, "明细"],
    [/邮箱地址|写信/, "邮箱, 发邮件"],
    [/[\u4e00-\u9fff][,;:!?]/, "full-width punctuation"],
  ],
};

describe("the words of the product", () => {
  it.each(Object.keys(NEVER) as Locale[])("%s has one word for each thing", (locale) => {
    const found = leaves(messagesOf(locale)).flatMap(([key, text]) =>
      NEVER[locale]
        .filter(([never]) => never.test(text))
        .map(([, instead]) => `${key}: ${text} (${instead})`),
    );
    expect(found).toEqual([]);
  });

  it.each(Object.keys(NEVER) as Locale[])("%s has typographic apostrophes", (locale) => {
    expect(leaves(messagesOf(locale)).filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  it("has keys that say what the words say", () => {
    // Reasons and kinds that are stored keep their names.
    const keys = leaves(messagesOf("en"))
      .map(([key]) => key)
      .filter((key) => !/^(rewards\.reason|points\.line)\./.test(key));
    const never =
      /standing|(?<!leader)board|place(?!d)|lapse|takenBack|keptBack|handO|confirmed|(?<!e)mail/i;
    expect(keys.filter((key) => never.test(key.replace("Placeholder", "")))).toEqual([]);
  });
});
