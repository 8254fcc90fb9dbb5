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

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
