"use server";

import { reader } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import { type ActionResult, failed } from "@/lib/core/action-result";
import { localized } from "@/lib/core/i18n/localized";
import { POINTS } from "@/lib/core/money";
import { cancelRedemption, redeemItem } from "@/lib/loyalty/catalogue/commands";
import { redemptionById } from "@/lib/loyalty/catalogue/queries";
import { REFUSAL_CODES, type RefusalCode } from "@/lib/loyalty/catalogue/rules";
import { cancelSchema, redeemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { pointsOf } from "@/lib/loyalty/points/queries/customer-points";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { amountWords } from "@/lib/terms/words/amounts";

/** What was just got, in the reader's words. */
export type Got = {
  name: string;
  code: string | null;
  line: string;
  left: string;
  receiptHref: string;
};

const redeemOwn = customerAction(
  redeemSchema,
  async (scope, { itemId, requestKey }, { customerId, program }): Promise<Got> => {
    const { t, locale } = await reader();
    const { redemptionId } = await redeemItem(scope, {
      itemId,
      requestKey,
      customerId,
      programId: program.id,
    });
    const [row, shop, { points }] = await Promise.all([
      redemptionById(scope, redemptionId),
      merchantProfile(scope),
      pointsOf(scope, customerId),
    ]);
    return {
      name: localized(row.itemName, locale),
      code: row.couponCode,
      line: row.couponCode
        ? t("rewards.couponHow", { shop: shop.name })
        : row.rewardState === "available"
          ? t("points.doneDelivery", { shop: shop.name })
          : t("points.doneCredit"),
      left: t("points.doneLeft", {
        left: amountWords(t, { minor: points, asset: POINTS }, locale),
      }),
      receiptHref: `/refer/${program.slug}/rewards/${row.rewardId}`,
    };
  },
);

/** Buys something with the reader's points. */
export async function redeem(
  slug: string,
  previous: ActionResult<Got> | null,
  form: FormData,
): Promise<ActionResult<Got>> {
  return inWords(await redeemOwn(slug, previous, form));
}

const cancelOwn = customerAction(cancelSchema, async (scope, input): Promise<null> => {
  await cancelRedemption(scope, input);
  return null;
});

/** Gives something back that was bought with points. */
export async function giveBack(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inWords(await cancelOwn(slug, previous, form));
}

async function inWords<T>(result: ActionResult<T>): Promise<ActionResult<T>> {
  if (result.ok) return result;
  const { t } = await reader();
  const { code } = result;
  const words = (REFUSAL_CODES as readonly string[]).includes(code ?? "")
    ? t(`points.refusal.${code as RefusalCode}`)
    : code === "conflict"
      ? t("points.refusal.conflict")
      : code === "rate_limited"
        ? t("errors.busy")
        : code === "unauthenticated"
          ? t("errors.signedOut")
          : t("errors.other");
  return failed(words, {}, code);
}
