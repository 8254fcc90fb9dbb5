import sharp from "sharp";
import { atMost } from "@/lib/core/collections/at-most";
import { DomainError } from "@/lib/core/errors";
import { logoType } from "../rules/logo";
import { LOGO_MAX_BYTES } from "../schema";

/** The largest side of an upload: a small file can hold an image that takes gigabytes to draw. */
const MAX_SIDE = 4_000;
/** What is kept: four times as large as pages show it, for screens that draw finely. */
const KEPT = { width: 704, height: 288 };

// To decode takes memory by the pixel; what is cached would only be another logo.
const inTurn = atMost(2);
sharp.cache(false);

export type Picture = { contentType: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * An uploaded logo as it is kept: no larger than needed, the right way up, and without what cameras
 * and programs write into files. Its size is read from its header before anything is decoded.
 * @returns a JPEG of a JPEG, else a PNG, which the invitation's picture can draw too
 * @throws DomainError invalid_request (path "logo") for anything but a whole PNG, JPEG or WebP of
 * at most 256 KB and 4,000 pixels on a side
 */
export async function scaledLogo(upload: File): Promise<Picture> {
  if (upload.size > LOGO_MAX_BYTES) throw badLogo("The picture must be 256 KB or smaller.");
  const given = new Uint8Array(await upload.arrayBuffer());
  const type = logoType(given);
  if (!type) throw badLogo("Use a PNG, JPEG or WebP picture.");
  const decoder = sharp(given, { failOn: "truncated", limitInputPixels: MAX_SIDE ** 2 });
  const { width, height } = await decoder.metadata().catch(damaged);
  if (Math.max(width, height) > MAX_SIDE)
    throw badLogo(
      `The picture may have at most ${MAX_SIDE.toLocaleString("en")} pixels on a side.`,
    );
  const small = decoder
    .autoOrient()
    .resize({ ...KEPT, fit: "inside", withoutEnlargement: true })
    .toFormat(type === "image/jpeg" ? "jpeg" : "png");
  const bytes = new Uint8Array(await inTurn(() => small.toBuffer()).catch(damaged));
  return { contentType: type === "image/jpeg" ? "image/jpeg" : "image/png", bytes };
}

function damaged(): never {
  throw badLogo("This picture is damaged. Try another one.");
}

function badLogo(message: string): DomainError {
  return new DomainError("invalid_request", message, "logo");
}
