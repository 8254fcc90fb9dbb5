import { apiRoute, asList } from "@/lib/auth/api-route";
import { customerRecordToJson, customerToJson } from "@/lib/customers/json";
import { listCustomers } from "@/lib/customers/queries/list-customers";
import { customerRecord } from "@/lib/customers/queries/customer-record";
import { loyaltyToJson } from "@/lib/loyalty/json";
import { enrolPerson } from "@/lib/pipeline/merge/commands";
import { payoutDetailsToJson } from "@/lib/rewards/destinations/json";
import { getCustomers, postCustomers } from "./contract";

export const GET = apiRoute(getCustomers, async (scope, { query }) =>
  asList(await listCustomers(scope, query), (row) => customerToJson(scope, row)),
);

export const POST = apiRoute(postCustomers, async (scope, { body }) => {
  const { customerId, created, programId } = await enrolPerson(scope, body);
  const record = customerRecordToJson(scope, await customerRecord(scope, customerId));
  return {
    ...record,
    ...(await loyaltyToJson(scope, customerId)),
    ...(await payoutDetailsToJson(scope, customerId)),
    created,
    advocate: record.advocates.find(({ program }) => program === programId) ?? null,
  };
});
