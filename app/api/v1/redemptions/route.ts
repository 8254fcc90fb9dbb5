import { apiRoute, asList } from "@/lib/auth/api-route";
import { DomainError } from "@/lib/core/errors";
import { customerByRef } from "@/lib/customers/queries/customers";
import { redeemItem } from "@/lib/loyalty/catalogue/commands";
import { redemptionToJson } from "@/lib/loyalty/catalogue/json";
import { listRedemptions, redemptionById } from "@/lib/loyalty/catalogue/queries";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { findProgram } from "@/lib/programs/queries";
import { getRedemptions, redeem } from "./contract";

export const GET = apiRoute(getRedemptions, async (scope, { query }) =>
  asList(await listRedemptions(scope, query), redemptionToJson),
);

export const POST = apiRoute(
  redeem,
  async (scope, { body: { item, customer, program, requestKey } }) => {
    const { id: customerId } = await customerByRef(scope, customer);
    const programId =
      program === undefined
        ? await programOf(scope, customerId)
        : (await findProgram(scope, program)).id;
    const { redemptionId } = await redeemItem(scope, {
      itemId: item,
      customerId,
      programId,
      requestKey,
    });
    return redemptionToJson(await redemptionById(scope, redemptionId));
  },
);

/** The program that a customer joined last. */
async function programOf(scope: Scope, customerId: string): Promise<string> {
  const advocate = await inScope(scope, ({ db }) =>
    db.advocate.findFirst({
      where: { merchantId: scope.merchantId, customerId },
      orderBy: [{ joinedAt: "desc" }, { id: "desc" }],
      select: { programId: true },
    }),
  );
  if (!advocate)
    throw new DomainError(
      "invalid_request",
      "This customer has not joined a program; pass `program`.",
      "program",
    );
  return advocate.programId;
}
