import { withoutIgnorable } from "@/lib/core/values/invisible";

/** Endings of domains: those of countries, and the most used of the others. */
const COUNTRIES = new Set(
  (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br " +
    "bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz " +
    "ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw " +
    "gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw " +
    "ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu " +
    "mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt " +
    "pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc " +
    "td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws " +
    "ye yt za zm zw"
  ).split(" "),
);
const ENDINGS =
  "com|net|org|info|biz|edu|gov|int|mil|name|pro|mobi|asia|app|dev|web|page|link|click|site|" +
  "online|store|shop|xyz|top|club|live|life|world|space|tech|cloud|email|support|help|services|" +
  "agency|company|group|team|work|today|news|blog|media|digital|network|systems|solutions|vip|" +
  "win|bid|loan|men|date|review|party|trade|stream|download|racing|gift|gifts|promo|deals|sale|" +
  "money|cash|finance|bank|credit|fund|capital|casino|bet|game|games|fun|icu|buzz|monster|quest|" +
  "zip|mov|rest|bar|cafe|host|website|press|one|art|design|studio|photo|video|social|chat|lol|" +
  "wtf|ninja|expert|guru|center|zone|city|tel|travel|eco|bio|health|care|rip|skin|cfd|sbs|cyou";
const ENDING = new RegExp(`^(?:${ENDINGS})$`);

/** What may stand before a dot in a name that goes on without a blank ("Dr.Smith", "J.Smith"). */
const TITLE =
  /^(?:\p{L}|dr|mr|mrs|ms|mx|prof|st|ste|sr|jr|fr|rev|hon|mag|ing|dipl|dott|sig|mme|mgr|doc)$/u;
/** Degrees that would read as domains. */
const DEGREES = /\b(?:[bm]\.\s?(?:sc|ed|eng|tech|arch)|ph\.\s?d)\b\.?/g;

/** Letters of other scripts that look like these; what is read is what is seen. */
const LOOK_ALIKES: Record<string, string> = {
  а: "a",
  в: "b",
  с: "c",
  ԁ: "d",
  е: "e",
  һ: "h",
  і: "i",
  ј: "j",
  к: "k",
  ӏ: "l",
  м: "m",
  п: "n",
  о: "o",
  р: "p",
  ѕ: "s",
  т: "t",
  ѵ: "v",
  ԝ: "w",
  х: "x",
  у: "y",
  ο: "o",
  α: "a",
  ρ: "p",
  ν: "v",
  ι: "i",
  κ: "k",
  τ: "t",
  ϲ: "c",
  ı: "i",
};

/** Dots of other scripts and widths, and marks that look like one between two letters. */
const DOTS = /[。｡․﹒．ꓸ۔܁܂٠᛫⸳]/gu;
const MARKS = "[·•‧∙⋅・･⸱●○◦,‚]";

const DOT_WORD = "(?:d[o0]t|punkt|punto|ponto|pik[ae]|tochka|tocka|点|點)";
const DIGIT_WORD = "(?:zero|one|two|three|four|five|six|seven|eight|nine|oh)";

const CONTACTS: readonly RegExp[] = [
  /@|[([{<]\s*at\s*[)\]}>]/u,
  /:\/|\/\/|\\\\|\bwww\d?\b|\bh(?:tt|xx)ps?\b|\bcom\b/u,
  /\b(?:mailto|tel|sms|ftp|javascript|data|whatsapp|viber|tg):/u,
  // A dot in brackets, or the word for it.
  new RegExp(`[([{<*_]\\s*(?:\\.|${DOT_WORD})\\s*[)\\]}>*_]`, "u"),
  new RegExp(`d[o0]t(?:com|net|org)\\b|[点點](?:com|net|org|cn)\\b`, "u"),
  new RegExp(`\\b${DOT_WORD}\\s+(?:${ENDINGS})\\b`, "u"),
  new RegExp(`[\\p{L}\\p{N}]\\s+${DOT_WORD}\\s+(?:${[...COUNTRIES].join("|")})(?![\\p{L}])`, "u"),
  // A domain with blanks around its dot, or another mark for it.
  new RegExp(`[\\p{L}\\p{N}]\\s*(?:${MARKS}|\\.)\\s*(?:${ENDINGS})(?![\\p{L}\\p{N}])`, "u"),
  /\p{L}{2}\s+\.\s*[\p{L}\p{N}]{2}/u,
  /\d{1,3}(?:\.\d{1,3}){3}/u,
  // No name has as many digits as the shortest number that one can call.
  /\d(?:\D*\d){4}/u,
  new RegExp(`(?:\\b${DIGIT_WORD}\\b\\W*){5}`, "u"),
  /[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{6}/u,
];

/** No name is longer, and to look through a text takes time. */
const LONGEST_TEXT = 1_000;

/**
 * Whether a text holds a way to reach somebody: a URL, a domain, an email address or a phone
 * number, also in a form that only people read ("evil dot com", "ｅｖｉｌ．ｃｏｍ", invisible letters or
 * look-alikes in between). Shown as a name, it would let whoever typed it speak with the shop's
 * voice.
 */
export function holdsContact(text: string): boolean {
  if (text.length > LONGEST_TEXT) return true;
  const seen = asSeen(text);
  return CONTACTS.some((contact) => contact.test(seen)) || holdsDomain(seen);
}

/** The text as a reader sees it, in lower case: look-alike letters, dots and digits made alike. */
function asSeen(text: string): string {
  return [...withoutIgnorable(text).normalize("NFKD")]
    .join("")
    .replace(/\p{Cc}/gu, " ")
    .replace(/[\p{M}\p{C}]/gu, "")
    .toLowerCase()
    .replace(DOTS, ".")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/./gu, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(DEGREES, "");
}

/** "٣" → "3": digits of a script stand in a row of ten. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  for (let value = 0; value < 10; value += 1)
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) return String(value);
  return "0";
}

/** Letters, a dot, letters: a domain, but for initials and titles before a surname. */
function holdsDomain(seen: string): boolean {
  for (const [, before = "", after = ""] of seen.matchAll(
    /(?<![\p{L}\p{N}_-])([\p{L}\p{N}_-]+)(?=\.([\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*))/gu,
  )) {
    if (after.length < 2) continue;
    const isKnown = after.length === 2 ? COUNTRIES.has(after) : ENDING.test(after);
    if (isKnown || !TITLE.test(before)) return true;
  }
  return false;
}
