import { toHex, parseHex } from "@/lib/core/values/color";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { assetScale, currencyAsset } from "@/lib/core/money";
import { systemNow, zoneName } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { isCurrencyFrozen } from "../queries/merchant";
import { inSandboxOf } from "./in-sandbox";
import { asDestinationKinds, type Branding, type MerchantSettings } from "../schema";
import { inScope, requirePermission, type Scope } from "../scope";
import { refuseSandbox } from "./refuse-sandbox";
import { scaledLogo } from "./scale-logo";

/**
 * Changes the shop's settings, and its sandbox's with them.
 * @throws DomainError conflict (path "currency") once amounts in the old currency exist
 */
export async function updateMerchant(scope: Scope, input: MerchantSettings): Promise<void> {
  requirePermission(scope, "settings.edit");
  refuseSandbox(scope);
  await inScope(scope, async (tx) => {
    const before = await tx.db.merchant.findUniqueOrThrow({ where: { id: tx.merchantId } });
    const currency = input.currency ?? before.currency;
    const settings = {
      name: input.name,
      currency,
      // A zone's old and new name mean the same zone.
      timeZone:
        zoneName(before.timeZone) === zoneName(input.timeZone) ? before.timeZone : input.timeZone,
      defaultLocale: input.defaultLocale,
      shopUrl: input.shopUrl ?? null,
      supportEmail: input.supportEmail ?? null,
      returnWindowDays: input.returnWindowDays,
      marginBp: input.marginBp ?? null,
      pointCostMilli: input.pointCostMilli,
      clawbackPolicy: input.clawbackPolicy ?? before.clawbackPolicy,
      countingTouch: input.countingTouch ?? before.countingTouch,
      couponReuse: input.couponReuse ?? before.couponReuse,
      reviewRemindDays: input.reviewRemindDays ?? before.reviewRemindDays,
      reviewDecideDays: input.reviewDecideDays ?? before.reviewDecideDays,
      reviewDecision: input.reviewDecision ?? before.reviewDecision,
      payoutKinds: input.payoutKinds ?? asDestinationKinds(before.payoutKinds),
      // A form that asks for the kinds asks for the hint, too.
      payoutHint: input.payoutKinds ? (input.payoutHint ?? null) : before.payoutHint,
    };
    const frozen = settings.currency !== before.currency;
    if (frozen) await refuseFrozenCurrency(tx);
    const changed = (Object.keys(settings) as (keyof typeof settings)[]).filter(
      (name) => JSON.stringify(settings[name]) !== JSON.stringify(before[name]),
    );
    if (changed.length === 0) return;
    const data = { ...settings, currencyScale: assetScale(currencyAsset(currency)) };
    await tx.db.merchant.update({ where: { id: tx.merchantId }, data });
    await inSandboxOf(tx, async (sandbox) => {
      if (frozen) await refuseFrozenCurrency(sandbox);
      await sandbox.db.merchant.update({ where: { id: sandbox.merchantId }, data });
    });
    await recordAudit(tx, {
      action: "merchant.update",
      subjectType: "merchant",
      subjectId: tx.merchantId,
      summary: `Changed the shop’s ${changed.map((name) => FIELD_WORDS[name]).join(", ")}`,
      detail: Object.fromEntries(
        changed.map((name) => [name, { from: before[name], to: settings[name] }]),
      ),
    });
  });
}

const FIELD_WORDS = {
  name: "name",
  currency: "currency",
  timeZone: "time zone",
  defaultLocale: "language",
  shopUrl: "web address",
  supportEmail: "support address",
  returnWindowDays: "return window",
  marginBp: "margin",
  pointCostMilli: "point cost",
  clawbackPolicy: "rule for refunds that find too little",
  countingTouch: "program that a purchase counts for",
  couponReuse: "rule for coupons of returned orders",
  reviewRemindDays: "days until a reminder of reviews",
  reviewDecideDays: "days until a rule decides about reviews",
  reviewDecision: "rule for reviews",
  payoutKinds: "kinds of payout details",
  payoutHint: "hint for payout details",
} as const;

async function refuseFrozenCurrency(scope: Scope): Promise<void> {
  if (await isCurrencyFrozen(scope)) {
    throw new DomainError(
      "conflict",
      "The currency cannot change once programs or orders use it.",
      "currency",
    );
  }
}

/**
 * Changes accent and logo, and the sandbox's with them. Any colour is accepted: pages correct one
 * whose contrast is too low for text (lib/core/values/color.ts).
 * @throws DomainError invalid_request (path "logo") for anything but a PNG, JPEG or WebP of at most
 * 256 KB and 4,000 pixels on a side
 */
export async function updateBranding(scope: Scope, input: Branding): Promise<void> {
  requirePermission(scope, "settings.edit");
  refuseSandbox(scope);
  const accentColor = toHex(parseHex(input.accentColor) ?? { r: 15, g: 118, b: 110 });
  const picture = input.logo ? await scaledLogo(input.logo) : null;
  await inScope(scope, async (tx) => {
    const before = await tx.db.merchant.findUniqueOrThrow({
      where: { id: tx.merchantId },
      select: { logoAssetId: true },
    });
    const apply = async ({ db, merchantId }: Required<Pick<Scope, "db" | "merchantId">>) => {
      const old = await db.merchant.findUniqueOrThrow({
        where: { id: merchantId },
        select: { logoAssetId: true },
      });
      let logoAssetId = input.removeLogo ? null : old.logoAssetId;
      if (picture) {
        logoAssetId = newId("ast");
        await db.asset.create({
          data: { merchantId, id: logoAssetId, kind: "logo", ...picture, createdAt: systemNow() },
        });
      }
      await db.merchant.update({ where: { id: merchantId }, data: { accentColor, logoAssetId } });
      if (old.logoAssetId && old.logoAssetId !== logoAssetId) {
        await db.asset.deleteMany({ where: { merchantId, id: old.logoAssetId } });
      }
    };
    await apply(tx);
    await inSandboxOf(tx, apply);
    const logo = picture ? "changed" : input.removeLogo && before.logoAssetId ? "removed" : "kept";
    await recordAudit(tx, {
      action: "merchant.update_branding",
      subjectType: "merchant",
      subjectId: tx.merchantId,
      summary:
        logo === "kept"
          ? `Set the accent to ${accentColor}`
          : `Set the accent to ${accentColor}, logo ${logo}`,
      detail: { accentColor, logo },
    });
  });
}
