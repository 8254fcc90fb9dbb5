import { apiRoute } from "@/lib/auth/api-route";
import { assetCode, decimal } from "@/lib/core/money";
import { customerByRef } from "@/lib/customers/queries/customers";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { readAdjustment } from "@/lib/ledger/schema";
import { postAdjustment } from "../../contract";

export const POST = apiRoute(postAdjustment, async (scope, { params, body }) => {
  const { id: customerId } = await customerByRef(scope, params.id);
  const { asset, minor } = readAdjustment(scope, body);
  const { posted, balanceMinor, repaidMinor } = await adjustBalance(scope, {
    customerId,
    asset,
    minor,
    reason: body.reason,
    key: body.key,
  });
  const text = (amount: bigint) => decimal({ minor: amount, asset });
  return {
    posted,
    amount: text(minor),
    repaid: text(repaidMinor),
    balance: text(balanceMinor),
    currency: assetCode(asset),
  };
});
