import { describe, expect, it } from "vitest";
import { shareAddress, type SharedChannel } from "./share-address";

const share = {
  link: "https://r.example/r/MIRA-7K3P?c=x&d=1",
  text: "Tea & 10% off? 好的",
  subject: "Tea & you",
};

describe("shareAddress", () => {
  it.each<SharedChannel>(["whatsapp", "x", "facebook", "telegram", "sms", "email"])(
    "%s carries the whole link, once",
    (channel) => {
      const address = shareAddress(channel, share);
      expect(decodeURIComponent(address).split(share.link)).toHaveLength(2);
      expect(address).not.toContain(" ");
      expect(URL.canParse(address)).toBe(true);
    },
  );

  it.each<SharedChannel>(["whatsapp", "x", "telegram", "sms", "email"])(
    "%s carries the message unbroken",
    (channel) => {
      expect(decodeURIComponent(shareAddress(channel, share))).toContain(share.text);
    },
  );
});
