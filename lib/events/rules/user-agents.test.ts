import { describe, expect, it } from "vitest";
import { isProgram } from "./click";

/** Agents as the apps send them: in the browser that they open for a person, and for a preview. */
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const WEBVIEW =
  "Mozilla/5.0 (Linux; Android 13; SM-S901B Build/TP1A.220624.014; wv) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.54 Mobile Safari/537.36";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/126.0.0.0 Mobile Safari/537.36";
const EXTERNAL_HIT = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)";

const AGENTS: Record<string, { people: string[]; previews: string[] }> = {
  Viber: {
    people: [
      `${IPHONE} Mobile/15E148 Viber/20.6.0.0`,
      `${WEBVIEW} Viber/16.5.0.18`,
      `${WEBVIEW.replace("Mobile ", "")} Viber/11.9.5.8`,
    ],
    previews: [
      "Viber",
      "Viber/13.3.0.10 (Android)",
      "Viber/18.0.1.286 CFNetwork/1335.0.3 Darwin/21.6.0",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_4) AppleWebKit/537.36 (KHTML, like Gecko) " +
        "QtWebEngine/5.6.0 Chrome/45.0.2454.101 Safari/537.36 Viber",
    ],
  },
  WhatsApp: {
    people: [`${IPHONE} Mobile/15E148 WhatsApp/2.24.10.76`, `${WEBVIEW} WhatsApp/2.23.24.14`],
    previews: [
      "WhatsApp",
      "WhatsApp/2.23.20.0 A",
      "WhatsApp/2.21.10.25 i",
      "whatsapp/2.2123.8 n",
      "WhatsApp/2.2412.54 W",
      "whatsapp/784941593 cfnetwork/3826.600.41 darwin/24.6.0",
    ],
  },
  Instagram: {
    people: [
      `${IPHONE} Mobile/21F79 Instagram 330.0.3.29.91 (iPhone14,3; iOS 17_5; en_IR; en; ` +
        "scale=3.00; 1125x2436; 595323416)",
      `${WEBVIEW} Instagram 308.0.0.36.109 Android (33/13; 320dpi; 720x1460; Xiaomi/Redmi; ` +
        "23028RN4DI; cloud; mt6768; en_US; 536988435)",
    ],
    previews: [EXTERNAL_HIT, "meta-externalfetcher/1.1", "Instagram 300.0.0.41.114 Android"],
  },
  Facebook: {
    people: [
      `${IPHONE} Mobile/21F90 [FBAN/FBIOS;FBAV/467.0.0.40.107;FBBV/610055021;FBDV/iPhone15,3]`,
      `${WEBVIEW} [FB_IAB/FB4A;FBAV/467.0.0.34.84;]`,
      `${WEBVIEW} MetaIAB Facebook`,
    ],
    previews: [
      EXTERNAL_HIT,
      "facebookcatalog/1.0",
      "Mozilla/5.0 (compatible; FacebookBot/1.0; +https://developers.facebook.com/docs/)",
      "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    ],
  },
  Messenger: {
    people: [
      `${IPHONE} Mobile/15E148 LightSpeed [FBAN/MessengerLiteForiOS;FBAV/410.0.0.23.86;FBLC/en]`,
      `${WEBVIEW} [FB_IAB/Orca-Android;FBAV/440.0.0.31.108;]`,
    ],
    previews: [EXTERNAL_HIT],
  },
  LINE: {
    people: [
      `${IPHONE} Mobile/15E148 Safari Line/14.9.0`,
      `${WEBVIEW} Line/13.5.0/IAB`,
      `${IPHONE} Mobile/15E148 Safari Line/13.11.0 LIFF`,
    ],
    previews: [
      "facebookexternalhit/1.1;line-poker/1.0",
      "Mozilla/5.0 (compatible; linespider/1.1; +https://lin.ee/4dwxkth)",
      "Line/13.17.0 CFNetwork/1408.0.4 Darwin/22.5.0",
    ],
  },
  WeChat: {
    people: [
      `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`,
      "Mozilla/5.0 (Linux; Android 7.0; FRD-AL00 Build/HUAWEIFRD-AL00; wv) AppleWebKit/537.36 " +
        "(KHTML, like Gecko) Version/4.0 Chrome/53.0.2785.49 Mobile MQQBrowser/6.2 TBS/043602 " +
        "Safari/537.36 MicroMessenger/6.5.16.1120 NetType/WIFI Language/zh_CN",
      "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) " +
        "Chrome/39.0.2171.95 Safari/537.36 MicroMessenger/6.5.2.501 NetType/WIFI WindowsWechat " +
        "QBCore/3.43.691.400 QQBrowser/9.0.2524.400",
      `${IPHONE} Mobile/14G60 wxwork/2.1.5 MicroMessenger/6.3.22`,
    ],
    previews: [
      "MicroMessenger Client",
      `${IPHONE} Mobile/15E148 MicroMessenger/7.0.12(0x17000c2f) NetType/4G Language/zh_CN ` +
        "wechatdevtools qcloudcdn-xinan",
    ],
  },
  Telegram: {
    people: [
      `${ANDROID} Telegram-Android/11.4.3 (Samsung SM-G965N; Android 14; SDK 34; HIGH)`,
      `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`,
    ],
    previews: ["TelegramBot (like TwitterBot)"],
  },
  KakaoTalk: {
    people: [
      `${IPHONE} Mobile/15E148 KAKAOTALK 10.3.1`,
      `${WEBVIEW.replace("Mobile ", "")};KAKAOTALK 2410310`,
    ],
    previews: [
      "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
    ],
  },
  Snapchat: {
    people: [
      `${IPHONE} Version/14.1.1 Mobile/15E148 Snapchat/11.36.0.36 (like Safari/604.1)`,
      `${WEBVIEW} Snapchat/12.87.0.44 (RMX2001; Android 11#1647528410731#30; gzip; )`,
    ],
    previews: ["Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots"],
  },
  TikTok: {
    people: [
      `${WEBVIEW} trill_2021806060 JsSdk/1.0 NetType/WIFI Channel/googleplay ` +
        "AppName/musical_ly app_version/18.6.6 ByteLocale/en BytedanceWebview/d8a21c6",
      `${IPHONE} Mobile/15E148 musical_ly_34.5.0 JsSdk/2.0 NetType/WIFI BytedanceWebview/d8a21c6`,
    ],
    previews: [
      "Mozilla/5.0 (compatible; TikTokSpider; ttspider-feedback@tiktok.com)",
      "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile " +
        "Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
    ],
  },
  X: {
    people: [`${IPHONE} Mobile/15E148 Twitter for iPhone/10.45`, `${WEBVIEW} TwitterAndroid`],
    previews: ["Twitterbot/1.0"],
  },
  LinkedIn: {
    people: [`${IPHONE} Mobile/15E148 [LinkedInApp]/9.30`, `${WEBVIEW} [LinkedInApp]`],
    previews: ["LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://linkedin.com)"],
  },
  Pinterest: {
    people: [`${IPHONE} Mobile/15E148 [Pinterest/iOS]`, `${WEBVIEW} [Pinterest/Android]`],
    previews: ["Pinterest/0.2 (+https://www.pinterest.com/bot.html)"],
  },
  iMessage: {
    people: [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`],
    previews: [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) " +
        "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    ],
  },
  Slack: {
    people: [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
        "Slack/4.4.2 Chrome/78.0.3904.130 Electron/7.2.1 Safari/537.36 Sonic Slack_SSB/4.4.2",
    ],
    previews: [
      "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
      "Slack-ImgProxy (+https://api.slack.com/robots)",
    ],
  },
  Discord: {
    people: [
      "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) " +
        "discord/0.0.306 Chrome/78.0.3904.130 Electron/7.1.11 Safari/537.36",
    ],
    previews: ["Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"],
  },
  Skype: {
    people: [`${ANDROID} Skype/8.108`],
    previews: ["Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"],
  },
  VK: {
    people: [`${WEBVIEW} VKAndroidApp/8.10-17583`],
    previews: ["Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)"],
  },
  Naver: {
    people: [`${IPHONE} Version/16.5 Mobile/15E148 Safari/605.1 NAVER(inapp; search; 1010; 11.2)`],
    previews: ["Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"],
  },
  Google: {
    people: [`${IPHONE} GSA/318.0.634488990 Mobile/15E148 Safari/604.1`, `${WEBVIEW} GSA/15.20`],
    previews: [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; " +
        "Google Web Preview) Chrome/84.0.4147.108 Safari/537.36",
    ],
  },
};

const cases = (kind: "people" | "previews") =>
  Object.entries(AGENTS).flatMap(([app, agents]) =>
    agents[kind].map((agent) => [app, agent] as const),
  );

describe("who opens a share link", () => {
  it.each(cases("people"))("in the browser of %s is a person: %s", (_, agent) => {
    expect(isProgram(agent)).toBe(false);
  });

  it.each(cases("previews"))("to draw a preview in %s is a program: %s", (_, agent) => {
    expect(isProgram(agent)).toBe(true);
  });
});
