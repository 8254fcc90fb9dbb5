import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { headers } from "next/headers";
import { ImageResponse } from "next/og";
import { reader } from "@/app/reader";
import { inviteWords } from "@/lib/terms/words/invite";
import { atMost } from "@/lib/core/collections/at-most";
import { KeptBytes } from "@/lib/core/collections/kept-bytes";
import { translator } from "@/lib/core/i18n/translator";
import { accentTokens, DEFAULT_ACCENT, GROUNDS } from "@/lib/core/values/color";
import { consume, RateLimited } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { assetById } from "@/lib/merchants/queries/merchant";
import { drawable } from "./_picture/drawable";
import { type Invite, loadInvite } from "./load";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";
export const alt = "An invitation";

const FONTS = path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");

const font = (file: string, weight: 400 | 600) =>
  readFile(path.join(FONTS, file)).then((data) => ({
    name: "Geist",
    data,
    weight,
    style: "normal" as const,
  }));
// Read once per process. Our own files: the image library would fetch what it lacks from the
// network.
const fonts = Promise.all([font("Geist-Regular.ttf", 400), font("Geist-SemiBold.ttf", 600)]);

const pictures = new KeptBytes(16 * 1024 * 1024);
// To draw one holds the process for a moment, and takes memory.
const inTurn = atMost(1);

/**
 * The picture that a shared link shows: who invites, to which shop, and what the friend gets. It is
 * drawn once for all who get the same one, and whoever has it already is told so.
 */
export default async function InviteImage({
  params,
}: {
  params: Promise<{ code: string }>;
}): Promise<Response> {
  const invite = await loadInvite((await params).code);
  const shown = await shownOf(invite);
  const key = hash("sha256", JSON.stringify(shown), "base64url");
  const fresh = { "cache-control": "public, max-age=3600", etag: `"${key}"` };
  if ((await headers()).get("if-none-match")?.includes(key))
    return new Response(null, { status: 304, headers: fresh });
  try {
    if (!pictures.has(key)) await consume("picture", await clientAddress());
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    return new Response(null, {
      status: error.status,
      headers: { "retry-after": String(error.retryAfterSeconds) },
    });
  }
  const bytes = await pictures.get(key, () => inTurn(() => draw(shown, invite)));
  return new Response(bytes, { headers: { ...fresh, "content-type": contentType } });
}

/** All that the picture depends on. */
type Shown = Awaited<ReturnType<typeof imageWords>> & { accent: string; logo: string | null };

async function shownOf(invite: Invite | null): Promise<Shown> {
  return {
    ...(await imageWords(invite)),
    accent: invite?.shop.accentColor ?? DEFAULT_ACCENT,
    logo: invite?.shop.logoUrl ?? null,
  };
}

async function draw(shown: Shown, invite: Invite | null): Promise<Uint8Array<ArrayBuffer>> {
  const logo = invite ? await logoOf(invite) : null;
  const drawn = new ImageResponse(picture(shown, logo), { ...size, fonts: await fonts });
  return new Uint8Array(await drawn.arrayBuffer());
}

function picture(shown: Shown, logo: string | null) {
  const { ink, paper } = GROUNDS.light;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        background: paper,
        padding: 72,
        fontFamily: "Geist",
        color: ink,
      }}
    >
      <div style={{ display: "flex", alignItems: "center", height: 72 }}>
        {/* Satori draws img elements only. */}
        {logo ? (
          <img src={logo} height={72} alt="" />
        ) : (
          <span style={{ fontSize: 36, fontWeight: 600 }}>{shown.shop}</span>
        )}
      </div>
      <div style={{ display: "flex", flexDirection: "column", flex: 1, justifyContent: "center" }}>
        <span style={{ fontSize: 64, lineHeight: 1.15, fontWeight: 600, letterSpacing: -1.5 }}>
          {shown.title}
        </span>
      </div>
      {benefitMark(shown.benefit, shown.accent)}
    </div>
  );
}

/** The benefit on the shop's accent; a stroke of the accent where there is none. */
function benefitMark(benefit: string | null, color: string) {
  const { accent, accentInk, accentMark } = accentTokens(color).light;
  if (benefit === null)
    return (
      <div
        style={{
          display: "flex",
          width: 160,
          height: 12,
          borderRadius: 6,
          background: accentMark,
          borderColor: GROUNDS.light.surface,
        }}
      />
    );
  return (
    <div
      style={{
        display: "flex",
        alignSelf: "flex-start",
        background: accent,
        color: accentInk,
        borderRadius: 20,
        padding: "20px 36px",
        fontSize: 44,
        fontWeight: 600,
      }}
    >
      {benefit}
    </div>
  );
}

/**
 * The words of the picture, in the reader's language where our font has its letters, else in
 * English or left out.
 */
async function imageWords(
  invite: Invite | null,
): Promise<{ shop: string; title: string; benefit: string | null }> {
  if (!invite?.program?.openness.open)
    return { shop: drawable(invite?.shop.name) ?? "", title: "An invitation", benefit: null };
  const { shop, program, inviter } = invite;
  const { locale, t } = await reader();
  const inLocale = (chosen: typeof locale) => {
    const { heading, friend } = inviteWords(
      chosen === locale ? t : translator(chosen),
      { terms: program.terms, shop: shop.name, inviter, timeZone: shop.timeZone },
      chosen,
    );
    return { title: drawable(heading), benefit: drawable(friend.lines[0]?.words) };
  };
  const own = inLocale(locale);
  const words = own.title ? own : inLocale("en");
  return {
    shop: drawable(shop.name) ?? "",
    title: words.title ?? "An invitation",
    benefit: words.benefit,
  };
}

/** The logo as data; formats that the drawing library does not know are left out. */
async function logoOf({ scope, shop }: Invite): Promise<string | null> {
  const id = shop.logoUrl?.split("/").at(-1);
  const asset = id ? await assetById(scope, id) : null;
  if (!asset || !/^image\/(png|jpeg)$/.test(asset.contentType)) return null;
  return `data:${asset.contentType};base64,${Buffer.from(asset.bytes).toString("base64")}`;
}
