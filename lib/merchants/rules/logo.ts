export type LogoType = "image/png" | "image/jpeg" | "image/webp";

/**
 * Detects the type of an image from its bytes, whatever the upload claims; null for anything but
 * PNG, JPEG and WebP. SVG is excluded on purpose: it can carry scripts.
 */
export function logoType(bytes: Uint8Array): LogoType | null {
  const begins = (...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) && ascii(bytes, 12, 4) === "IHDR")
    return "image/png";
  if (begins(0xff, 0xd8, 0xff) && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9)
    return "image/jpeg";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "image/webp";
  return null;
}

/** The largest side of a logo: a small file can hold an image that takes gigabytes to draw. */
export const LOGO_MAX_SIDE = 4_000;

/**
 * Reads width and height in pixels from an image's header; null if it has none. A WebP's size is
 * not read: only browsers draw it, and they protect themselves.
 */
export function pictureSize(
  bytes: Uint8Array,
  type: Exclude<LogoType, "image/webp">,
): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "image/png")
    return bytes.length < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
  // A JPEG is a sequence of segments with their lengths; the start of frame (SOF) has the size.
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    const beginsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (beginsFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
