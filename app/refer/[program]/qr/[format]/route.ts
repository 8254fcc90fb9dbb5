import { NextResponse } from "next/server";
import { toString as drawQr } from "qrcode";
import sharp from "sharp";
import { customerScope } from "@/lib/auth/customer";
import { publicUrl } from "@/lib/core/address";
import { advocateOf } from "@/lib/customers/queries/customers";

type Context = { params: Promise<{ program: string; format: string }> };

/**
 * The advocate's QR code as a file: `svg` to scale, `png` 1,024 pixels wide. For themselves only.
 */
export async function GET(_: Request, { params }: Context): Promise<NextResponse> {
  const { program: slug, format } = await params;
  const entry = await customerScope(slug);
  const part = entry
    ? await advocateOf(entry.scope, { programId: entry.program.id, customerId: entry.customerId })
    : null;
  if (!part || (format !== "svg" && format !== "png"))
    return new NextResponse(null, { status: 404 });
  const link = `${publicUrl(`/r/${part.code}`)}?c=qr`;
  const svg = await drawQr(link, {
    type: "svg",
    margin: 4,
    errorCorrectionLevel: "M",
    ...(format === "png" && { width: 1024 }),
  });
  // Beside the process: a million points drawn by it would keep everybody waiting.
  const body =
    format === "svg" ? svg : new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
  return new NextResponse(body, {
    headers: {
      "content-type": format === "svg" ? "image/svg+xml" : "image/png",
      "content-disposition": `attachment; filename="${part.code}.${format}"`,
      "cache-control": "private, no-store",
    },
  });
}
