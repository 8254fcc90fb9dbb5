import { toString as drawQr } from "qrcode";
import { SharePanel } from "@/components/refer/share/share-panel";
import { Card } from "@/components/ui/content/card";
import { publicUrl } from "@/lib/core/address";
import { sideWords } from "@/lib/terms/words/promises";
import { countShare, saveMessage } from "./actions";
import type { HomeContext } from "../_home/context";

/** Link, code, message, channels and QR code. */
export async function ShareSection({
  t,
  locale,
  found: { shop, program },
  part: { advocate, code },
}: HomeContext) {
  const link = publicUrl(`/r/${code}`);
  const benefit = sideWords(t, program.terms, "friend", locale);
  const suggestion = benefit
    ? t("share.messageDefault", { shop: shop.name, benefit })
    : t("share.messageDefaultPlain", { shop: shop.name });
  const svg = await drawQr(`${link}?c=qr`, { type: "svg", margin: 0, errorCorrectionLevel: "M" });
  return (
    <Card>
      <h2 className="sr-only">{t("share.title")}</h2>
      <SharePanel
        link={link}
        code={code}
        message={advocate.message ?? suggestion}
        suggestion={suggestion}
        qr={
          <div role="img" aria-label={t("share.qrAlt")} dangerouslySetInnerHTML={{ __html: svg }} />
        }
        qrPath={`/refer/${program.slug}/qr`}
        onShare={countShare.bind(null, program.slug)}
        saveMessage={saveMessage.bind(null, program.slug)}
        words={{
          link: t("share.link"),
          code: t("share.code"),
          codeHint: t("share.codeHint"),
          copyLink: t("share.copyLink"),
          copyCode: t("share.copyCode"),
          copied: t("share.copied"),
          native: t("share.native"),
          message: t("share.message"),
          messageHint: t("share.messageHint"),
          messageSave: t("share.messageSave"),
          messageSaved: t("share.messageSaved"),
          messageReset: t("share.messageReset"),
          emailSubject: t("share.emailSubject", { shop: shop.name }),
          via: t("share.via"),
          qr: t("share.qr"),
          qrHint: t("share.qrHint"),
          downloadSvg: t("share.qrDownload", { format: "SVG" }),
          downloadPng: t("share.qrDownload", { format: "PNG" }),
          whatsapp: t("share.whatsapp"),
          x: t("share.x"),
          facebook: t("share.facebook"),
          telegram: t("share.telegram"),
          sms: t("share.sms"),
          email: t("share.email"),
        }}
      />
    </Card>
  );
}
