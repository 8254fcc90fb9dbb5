import { apiRoute } from "@/lib/auth/api-route";
import { isRecounting } from "@/lib/loyalty/commands";
import { type LadderJson, ladderToJson } from "@/lib/loyalty/tiers/json";
import { tierDistribution, tierLadder } from "@/lib/loyalty/tiers/queries/ladder";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { readLadder } from "@/lib/loyalty/tiers/schema";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { getTiers, putTiers } from "./contract";

export const GET = apiRoute(getTiers, answer);

export const PUT = apiRoute(putTiers, async (scope, { body }) => {
  await saveLadder(scope, readLadder(body, scope.currency));
  return answer(scope);
});

async function answer(scope: Scope): Promise<LadderJson> {
  return inScope(scope, async (tx) =>
    ladderToJson(
      await tierLadder(tx),
      await tierDistribution(tx),
      await isRecounting(tx),
      tx.currency,
    ),
  );
}
