import { apiRoute } from "@/lib/auth/api-route";
import { definitions } from "@/lib/reports";
import { definitionJson } from "@/lib/reports/json";

/** Every metric with its definition. */
export const GET = apiRoute({ key: "secret" }, async () => ({
  data: definitions().map(definitionJson),
}));
