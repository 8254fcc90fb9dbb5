import { apiRoute } from "@/lib/auth/api-route";
import { customerRecordToJson } from "@/lib/customers/json";
import { customerRecord } from "@/lib/customers/queries/customer-record";
import { loyaltyToJson } from "@/lib/loyalty/json";
import { inScope } from "@/lib/merchants/scope";
import { payoutDetailsToJson } from "@/lib/rewards/destinations/json";
import { getCustomer } from "../contract";

export const GET = apiRoute(getCustomer, (scope, { params }) =>
  inScope(scope, async (tx) => {
    const record = await customerRecord(tx, params.id);
    return {
      ...customerRecordToJson(tx, record),
      ...(await loyaltyToJson(tx, record.id)),
      ...(await payoutDetailsToJson(tx, record.id)),
    };
  }),
);
