import { describe, expect, it } from "vitest";
import type { Locale } from "./locales";
import { leaves } from "./testing";
import { messagesOf } from "./translator";

/** Words and habits that have a better one. */
const NEVER: Record<Locale, [never: RegExp, instead: string][]> = {
  // The words of the README's table are looked for in lib/operations/figures.
  en: [
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
});
