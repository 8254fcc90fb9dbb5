import { streamText } from "@/lib/core/lists/csv-stream";
import { csvHead, csvLine } from "@/lib/core/values/csv";
import { type Asset, assetCode, decimal } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import { listDifferences } from "./queries";
import type { ReplayedReward } from "./schema";

const COLUMNS = [
  "customer",
  "name",
  "email",
  "change",
  "rule",
  "side",
  "order",
  "at",
  "benefit_before",
  "amount_before",
  "asset_before",
  "cost_before",
  "benefit_after",
  "amount_after",
  "asset_after",
  "cost_after",
  "reason",
];
const PAGE = 500;

/** All differences of a replay, one line per reward, read page by page as they are taken. */
export function replayCsv(scope: Scope, replayId: string): ReadableStream<Uint8Array> {
  return streamText(linesOf(scope, replayId));
}

async function* linesOf(scope: Scope, replayId: string): AsyncGenerator<string, void> {
  yield csvHead(COLUMNS);
  let cursor: string | undefined;
  do {
    const page = await listDifferences(scope, { replayId, limit: PAGE, cursor });
    yield page.rows
      .flatMap((row) =>
        row.detail.map((one) =>
          csvLine([
            row.externalId ?? row.customerId,
            row.name,
            row.email,
            one.change,
            one.ruleId,
            one.side,
            one.orderId,
            one.at,
            ...cells(scope, one.before),
            ...cells(scope, one.after),
            one.reason,
          ]),
        ),
      )
      .join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

function cells(scope: Scope, side: ReplayedReward | null): (string | null)[] {
  if (!side) return [null, null, null, null];
  const { benefit, amountMinor, asset, costMinor } = side;
  return [
    benefit,
    amountMinor === null ? null : decimal({ minor: BigInt(amountMinor), asset: asset as Asset }),
    asset && assetCode(asset as Asset),
    decimal({ minor: BigInt(costMinor), asset: scope.asset }),
  ];
}
