import { z } from "zod";
import type { Prisma } from "@/lib/core/db";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { PointsCampaign } from "@/prisma/generated/client";
import { campaignInForce, type CampaignStatus, campaignStatus, overlapping } from "./rules";

export type CampaignRow = Omit<PointsCampaign, "merchantId"> & {
  status: CampaignStatus;
  /** Null for all programs. */
  programName: string | null;
  /** Campaigns that count for the same points at some time. */
  overlaps: { id: string; name: string; multiplierBp: number }[];
};

export const campaignFilterSchema = z.object({
  /** `open`: running and coming ones. */
  show: z.enum(["open", "past"]).optional(),
  program: z.string().max(40).optional(),
  search: z.string().trim().max(80).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CampaignFilter = z.infer<typeof campaignFilterSchema>;

/**
 * Points campaigns, a page at a time: those running or coming in the order in which they begin,
 * else the one that begins last first. Each with those that it overlaps.
 */
export async function listCampaigns(
  scope: Scope,
  filter: CampaignFilter,
): Promise<Page<CampaignRow>> {
  requirePermission(scope, "program.read");
  const { merchantId } = scope;
  const now = scopeNow(scope);
  const [direction, after] =
    filter.show === "open" ? (["asc", "gt"] as const) : (["desc", "lt"] as const);
  const where: Prisma.PointsCampaignWhereInput[] = [{ merchantId }];
  if (filter.show === "open") where.push({ state: "active", endsAt: { gt: now } });
  if (filter.show === "past") where.push({ OR: [{ state: "disabled" }, { endsAt: { lte: now } }] });
  if (filter.program) where.push({ OR: [{ programId: filter.program }, { programId: null }] });
  if (filter.search) where.push({ name: contains(filter.search) });
  if (filter.cursor) {
    const { at, id } = decodeTimeCursor(filter.cursor);
    where.push({ OR: [{ startsAt: { [after]: at } }, { startsAt: at, id: { [after]: id } }] });
  }
  return inScope(scope, async ({ db }) => {
    const found = await db.pointsCampaign.findMany({
      where: { AND: where },
      orderBy: [{ startsAt: direction }, { id: direction }],
      take: filter.limit + 1,
    });
    const page = toPage(found, filter.limit, (row) => [row.startsAt.toISOString(), row.id]);
    const spans = page.rows.map(({ startsAt, endsAt }) => ({
      startsAt: { lt: endsAt },
      endsAt: { gt: startsAt },
    }));
    const others =
      spans.length === 0
        ? []
        : await db.pointsCampaign.findMany({
            where: { merchantId, state: "active", OR: spans },
            take: 500,
          });
    const names = new Map(
      (await db.program.findMany({ where: { merchantId }, select: { id: true, name: true } })).map(
        ({ id, name }) => [id, name],
      ),
    );
    const rows = page.rows.map(({ merchantId: _, ...campaign }): CampaignRow => ({
      ...campaign,
      status: campaignStatus(campaign, now),
      programName:
        campaign.programId === null ? null : (names.get(campaign.programId) ?? campaign.programId),
      overlaps: overlapping(campaign, others).map(({ id, name, multiplierBp }) => ({
        id,
        name,
        multiplierBp,
      })),
    }));
    return { rows, nextCursor: page.nextCursor };
  });
}

/**
 * The campaign that counts in a program now; null where none runs. For the customer's page, whoever
 * asks.
 */
export async function runningCampaign(
  scope: Scope,
  programId: string,
): Promise<PointsCampaign | null> {
  const now = scopeNow(scope);
  const running = await inScope(scope, ({ db }) =>
    db.pointsCampaign.findMany({
      where: {
        merchantId: scope.merchantId,
        state: "active",
        startsAt: { lte: now },
        endsAt: { gt: now },
      },
    }),
  );
  return campaignInForce(running, programId, now);
}
