import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { scaledLogo } from "./scale-logo";

type Format = "png" | "jpeg" | "webp" | "gif";
const picture = (width: number, height: number, format: Format) =>
  sharp({ create: { width, height, channels: 3, background: "#0f766e" } })
    .toFormat(format)
    .toBuffer();
const upload = (bytes: Uint8Array, name = "logo.gif") =>
  new File([new Uint8Array(bytes)], name, { type: "text/html" });
const sizeOf = async (bytes: Uint8Array) => {
  const { width, height, format } = await sharp(bytes).metadata();
  return { width, height, format };
};

describe("a logo", () => {
  it.each([
    ["png", 3_000, 1_500, "png", 576, 288],
    ["jpeg", 4_000, 100, "jpeg", 704, 18],
    ["webp", 200, 2_000, "png", 29, 288],
    ["png", 40, 20, "png", 40, 20],
  ] as const)("%s of %i × %i is kept as small as needed", async (from, w, h, to, width, height) => {
    const { contentType, bytes } = await scaledLogo(upload(await picture(w, h, from)));
    expect(contentType).toBe(`image/${to}`);
    expect(await sizeOf(bytes)).toEqual({ width, height, format: to });
  });

  it("stands upright and says nothing of who took it", async () => {
    const taken = await sharp(await picture(200, 100, "jpeg"))
      .withExif({ IFD0: { Artist: "Somebody" } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { bytes } = await scaledLogo(upload(taken));
    expect(await sizeOf(bytes)).toMatchObject({ width: 100, height: 200 });
    expect(Buffer.from(bytes).toString("latin1")).not.toContain("Somebody");
  });

  it("that would be vast once decoded is refused by its header", async () => {
    const png = Buffer.from(await picture(10, 10, "png"));
    png.writeUInt32BE(2_000_000, 16);
    const webp = Buffer.from(await picture(16_383, 10, "webp"));
    const wide = await picture(4_001, 10, "png");
    for (const bytes of [png, webp, wide])
      await expect(scaledLogo(upload(bytes))).rejects.toMatchObject({
        code: "invalid_request",
        path: "logo",
      });
  });

  it("that is broken, or none, is refused", async () => {
    const whole = await picture(300, 300, "png");
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");
    for (const bytes of [
      whole.subarray(0, 200),
      svg,
      await picture(9, 9, "gif"),
      Buffer.alloc(300_000),
    ])
      await expect(scaledLogo(upload(bytes, "logo.png"))).rejects.toMatchObject({ path: "logo" });
  });
});
