import { systemScope, merchantOfLogo } from "@/lib/merchants/queries/directory";
import { assetById } from "@/lib/merchants/queries/merchant";

/**
 * A shop's logo, for anyone: it stands on public pages. An id names these very bytes for ever, so
 * it may be kept. The type is the one the bytes were checked for; nothing that is served here can
 * run.
 */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const merchant = await merchantOfLogo(id);
  const asset = merchant ? await assetById(await systemScope(merchant.id, "Logo"), id) : null;
  if (!asset) return new Response("Picture not found.", { status: 404 });
  return new Response(new Uint8Array(asset.bytes), {
    headers: {
      "content-type": asset.contentType,
      "content-length": String(asset.bytes.byteLength),
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    },
  });
}
