import { describe, expect, it } from "vitest";
import {
  channelOf,
  codeOfPath,
  deviceOf,
  hostOf,
  isPrefetch,
  isProgram,
  localeOf,
  locationOf,
} from "./click";
import { visitorOf } from "./visitor";

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const android =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
const tablet =
  "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
const desktop =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

it.each([
  [undefined],
  [""],
  ["WhatsApp/2.23.20.0 A"],
  ["facebookexternalhit/1.1"],
  ["Twitterbot/1.0"],
  ["TelegramBot (like TwitterBot)"],
  ["Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"],
  ["Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"],
  ["LinkedInBot/1.0"],
  ["SkypeUriPreview Preview/0.5"],
  ["Googlebot/2.1 (+http://www.google.com/bot.html)"],
  ["curl/8.5.0"],
  ["python-requests/2.32"],
  ["node"],
  ["Viber/13.0"],
  ["Iframely/1.3.1 (+https://iframely.com/docs/about)"],
  ["Mastodon/4.2.0 (http.rb/5.1.1; +https://example.com/) Bot"],
  ["Bluesky Cardyb/1.1"],
  ["Mozilla/5.0 HeadlessChrome/126.0"],
])("takes %s for a program", (userAgent) => {
  expect(isProgram(userAgent)).toBe(true);
});

it.each([
  [`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`],
  [android],
  [tablet],
  [desktop],
  [`${iphone} Mobile/15E148 Instagram 338.0.0.28.90 (iPhone15,2; iOS 17_5)`],
  [`${iphone} Mobile/21F79 [FBAN/FBIOS;FBAV/467.0.0.40.107;FBBV/610055021]`],
  [`${android} [FB_IAB/FB4A;FBAV/467.0.0.0;]`],
  [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"],
])("takes %s for a person", (userAgent) => {
  expect(isProgram(userAgent)).toBe(false);
});

it.each([
  [{ "sec-purpose": "prefetch;prerender" }, true],
  [{ purpose: "prefetch" }, true],
  [{ "x-moz": "prefetch" }, true],
  [{ "x-purpose": "preview" }, true],
  [{}, false],
  [{ "sec-purpose": "" }, false],
])("knows prefetching by %j", (headers, expected) => {
  expect(isPrefetch(headers)).toBe(expected);
});

it.each([
  ["/r/anna-7k2", "ANNA-7K2"],
  ["/r/%20anna%20", "ANNA"],
  ["/r/ANNA/", "ANNA"],
  ["/r/ANNA.", "ANNA"],
  ["/r/ANNA),", "ANNA"],
  ["/r/ANNA%29.", "ANNA"],
  ["/r/ANNA%E2%80%9D.", "ANNA"],
  ["/r/ANNA/).", "ANNA"],
  ["/r/ANNA%3E%22", "ANNA"],
  ["/r/", null],
  ["/r/a/b", null],
  ["/r/%E0%A4%A", null],
  ["/r/a%00b", "AB"],
  ["/r/..%2f..%2fadmin", null],
  ["/r/ann%C3%A4", null],
  [`/r/${"a".repeat(41)}`, null],
  ["/r/%3Cscript%3E", null],
])("reads the code of %s", (path, code) => {
  expect(codeOfPath(path)).toBe(code);
});

it("reads the rest of what a browser says", () => {
  expect(channelOf("whatsapp")).toBe("whatsapp");
  expect(["copy.", "copy),", "qr”", "."].map(channelOf)).toEqual(["copy", "copy", "qr", "link"]);
  expect(channelOf("'; drop")).toBe("link");
  expect(channelOf(null)).toBe("link");
  const visitor = "A".repeat(22);
  expect(visitorOf(`a=b; gw_v=${visitor}; c=d`)).toBe(visitor);
  expect(visitorOf(`xgw_v=${visitor}`)).toBeNull();
  expect(visitorOf(`gw_v=${visitor}A`)).toBeNull();
  expect([deviceOf(iphone), deviceOf(android), deviceOf(tablet), deviceOf(desktop)]).toEqual([
    "mobile",
    "mobile",
    "tablet",
    "desktop",
  ]);
  const long = `${"android".repeat(200_000)} mobile`;
  const began = performance.now();
  deviceOf(long);
  expect(performance.now() - began, "however long it is").toBeLessThan(500);
  expect(hostOf("https://user:secret@News.Example.com:8443/a?b#c")).toBe("news.example.com");
  expect(hostOf("android-app://com.example")).toBeUndefined();
  expect(hostOf("https://exa mple.com/")).toBeUndefined();
  expect(localeOf("sq-AL,sq;q=0.9,en;q=0.8")).toBe("sq-AL");
  expect(localeOf("*")).toBeUndefined();
});

describe("locationOf", () => {
  it.each([
    [null, "clk_1", "/i/ANNA?click=clk_1"],
    [{ kind: "invite" }, null, "/i/ANNA"],
    [
      { kind: "shop", url: "https://shop.example.com/a?b=c#d" },
      "clk_1",
      "https://shop.example.com/a?b=c&code=ANNA&click=clk_1#d",
    ],
    [
      { kind: "shop", url: "https://shop.example.com/?code=OLD" },
      null,
      "https://shop.example.com/?code=ANNA",
    ],
    [{ kind: "shop", url: "javascript:alert(1)" }, "clk_1", "/i/ANNA?click=clk_1"],
    [{ kind: "shop", url: "//elsewhere.example.com" }, "clk_1", "/i/ANNA?click=clk_1"],
  ] as const)("%j with %s", (destination, clickId, location) => {
    expect(locationOf("ANNA", clickId, destination)).toBe(location);
  });

  it("passes the campaign of the link on, over that of the shop's address", () => {
    const campaign = [
      ["utm_source", "news & more"],
      ["gclid", "Cj0_a-b"],
    ] as const;
    expect(locationOf("ANNA", "clk_1", { kind: "invite" }, campaign)).toBe(
      "/i/ANNA?click=clk_1&utm_source=news+%26+more&gclid=Cj0_a-b",
    );
    expect(locationOf("ANNA", null, null, campaign)).toBe(
      "/i/ANNA?utm_source=news+%26+more&gclid=Cj0_a-b",
    );
    const url = "https://shop.example.com/?utm_source=referral&utm_medium=friend";
    expect(locationOf("ANNA", "clk_1", { kind: "shop", url }, campaign)).toBe(
      "https://shop.example.com/?utm_source=news+%26+more&utm_medium=friend" +
        "&code=ANNA&click=clk_1&gclid=Cj0_a-b",
    );
  });
});
