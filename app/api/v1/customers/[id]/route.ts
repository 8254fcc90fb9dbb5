import { apiRoute } from "@/lib/auth/api-route";
import { customerRecordToJson } from "@/lib/customers/json";
import { customerRecord } from "@/lib/customers/record";
import { getCustomer } from "../contract";

export const GET = apiRoute(getCustomer, async (scope, { params }) => customerRecordToJson(scope, await customerRecord(scope, params.id)));
