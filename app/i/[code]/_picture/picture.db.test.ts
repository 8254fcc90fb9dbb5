import sharp from "sharp";
import { beforeAll, expect, it, vi } from "vitest";
import { updateBranding } from "@/lib/merchants/commands/settings";
import { inScope } from "@/lib/merchants/scope";
import { story, type Story } from "@/lib/worker/testing";
import InviteImage from "../opengraph-image";

const asked = new Headers({ "x-forwarded-for": "192.0.2.7" });
vi.mock("next/headers", () => ({
  headers: async () => asked,
  cookies: async () => ({ get: () => undefined }),
}));
vi.mock("@/app/reader", async () => {
  const { translator } = await import("@/lib/core/i18n/translator");
  return { reader: async () => ({ locale: "en", t: translator("en") }) };
});

let shop: Story;
let code: string;
beforeAll(async () => {
  shop = await story();
  ({ code } = await shop.advocate("ana"));
});

const picture = (of = code) => InviteImage({ params: Promise.resolve({ code: of }) });

it("is drawn once for all who ask, beyond any limit of drawing", async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => picture()));
  const bodies = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
  expect(new Set(answers.map(({ headers }) => headers.get("etag"))).size).toBe(1);
  expect(await sharp(bodies[0]).metadata()).toMatchObject({ width: 1_200, height: 630 });
});

it("is not sent again to whoever has it, and anew where it has changed", async () => {
  const first = await picture();
  const tag = first.headers.get("etag")!;
  asked.set("if-none-match", tag);
  const again = await picture();
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const logo = await sharp({
    create: { width: 300, height: 90, channels: 3, background: "#0f766e" },
  })
    .webp()
    .toBuffer();
  await updateBranding(shop.scope, {
    accentColor: "#7c2d12",
    logo: new File([new Uint8Array(logo)], "logo.webp"),
  });
  const changed = await picture();
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(tag);
  // The logo is in it, though it was a WebP: its colour stands at the top left.
  const { data } = await sharp(await changed.arrayBuffer())
    .extract({ left: 100, top: 100, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  for (const [at, colour] of [0x0f, 0x76, 0x6e].entries())
    expect(Math.abs(data[at]! - colour)).toBeLessThan(3);
  asked.delete("if-none-match");
  expect(
    (await inScope(shop.scope, ({ db }) => db.asset.findMany())).map(
      ({ contentType }) => contentType,
    ),
  ).toEqual(["image/png"]);
});

it("of an unknown code is a picture too", async () => {
  expect((await picture("NOBODY")).status).toBe(200);
});
