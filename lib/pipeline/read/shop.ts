import { Prisma } from "@/lib/core/db";
import { dateOf, type JsonRow, type Query, readRows } from "@/lib/core/statements/query";
import { multiply } from "@/lib/loyalty/points/queries/points-multiplier";
import type { ShopOfEmails } from "@/lib/messaging/schema";
import type { Tx } from "@/lib/merchants/scope";
import { asksForPeople } from "@/lib/terms/rules/asked";
import type { ShopWorld } from "../decide/world";
import type { PersonRow } from "./people";
import { type ProgramRow, type Programs, withTerms } from "./terms-in-effect";

type Campaign = {
  id: string;
  name: string;
  multiplierBp: number;
  startsAt: Date;
  endsAt: Date;
  programId: string | null;
  state: string;
};

/** What a shop has set, as it is on record. */
export type ShopRow = Pick<ShopWorld, "countingTouch" | "pointCostMilli"> & {
  /** What its emails say of it. */
  sender: ShopOfEmails;
  /** Those that were ever published. */
  programs: readonly ProgramRow[];
  /** Points campaigns that were not called off. */
  campaigns: readonly Campaign[];
  hasTiersOrBadges: boolean;
  /** Types of events that count as goals also when a browser sends them. */
  allowed: readonly string[];
};

/** The same with the terms of all its programs: see `shopOf`. */
export type Shop = Omit<ShopRow, "programs"> & {
  timeZone: string;
  programs: Programs;
  /** What all terms ask together; nothing else needs to be read. */
  asks: ShopAsks;
  /** For how long a click counted at most, in any program. */
  windowDays: number;
};

type ShopAsks = {
  lines: boolean;
  event: boolean;
  /** Who people are: traits and tiers, or how much more points count for them. */
  people: boolean;
  /** The types of events that friends' triggers wait for. */
  goals: readonly string[];
};

/** What the shop has set: one row. */
export function shopQuery({ merchantId }: Pick<Tx, "merchantId">): Query<ShopRow> {
  return {
    sql: Prisma.sql`
      SELECT m.counting_touch AS "countingTouch", m.point_cost_milli AS "pointCostMilli",
        m.name, m.accent_color AS "accentColor", m.shop_url AS "shopUrl",
        m.support_email AS "supportEmail", m.time_zone AS "timeZone",
        m.default_locale AS "defaultLocale",
        EXISTS (
          SELECT FROM tier_plan t WHERE t.merchant_id = m.id AND t.state = 'active'
        ) OR EXISTS (
          SELECT FROM badge b WHERE b.merchant_id = m.id AND b.state = 'active'
        ) AS "hasTiersOrBadges",
        ARRAY(SELECT e.type FROM allowed_event e WHERE e.merchant_id = m.id) AS allowed,
        (
          SELECT json_agg(json_build_object('id', p.id, 'slug', p.slug, 'name', p.name,
            'state', p.state, 'currentVersion', p.current_version, 'publishedAt', p.published_at,
            'endedAt', p.ended_at, 'watches', p.watches))
          FROM program p
          WHERE p.merchant_id = m.id AND p.published_at IS NOT NULL
            AND p.current_version IS NOT NULL
        ) AS programs,
        (
          SELECT json_agg(json_build_object('id', c.id, 'name', c.name,
            'multiplierBp', c.multiplier_bp, 'startsAt', c.starts_at, 'endsAt', c.ends_at,
            'programId', c.program_id, 'state', c.state) ORDER BY c.id)
          FROM points_campaign c WHERE c.merchant_id = m.id AND c.state = 'active'
        ) AS campaigns
      FROM merchant m WHERE m.id = ${merchantId}`,
    row: ({ programs, campaigns, name, accentColor, shopUrl, supportEmail, ...json }) => ({
      countingTouch: json.countingTouch,
      pointCostMilli: json.pointCostMilli,
      hasTiersOrBadges: json.hasTiersOrBadges,
      allowed: json.allowed,
      sender: {
        name,
        accentColor,
        shopUrl,
        supportEmail,
        timeZone: json.timeZone,
        defaultLocale: json.defaultLocale,
      },
      programs: (programs ?? []).map((program: JsonRow) => ({
        ...program,
        publishedAt: dateOf(program.publishedAt),
        endedAt: dateOf(program.endedAt),
      })),
      campaigns: (campaigns ?? []).map((campaign: JsonRow) => ({
        ...campaign,
        startsAt: dateOf(campaign.startsAt),
        endsAt: dateOf(campaign.endsAt),
      })),
    }),
  };
}

/**
 * A shop as it was read, with the terms of its programs: those are in memory, but for the first
 * event after one was published, which takes a statement.
 */
export async function shopOf(tx: Tx, { programs: rows, ...settings }: ShopRow): Promise<Shop> {
  const programs = await withTerms(tx, rows);
  const all = [...programs.values()];
  return {
    ...settings,
    timeZone: tx.timeZone,
    programs,
    asks: {
      lines: all.some(({ asked }) => asked.lines),
      event: all.some(({ asked }) => asked.event),
      people: all.some(({ asked, givesPoints }) => asksForPeople(asked) || givesPoints),
      goals: [...new Set(all.flatMap(({ goals }) => goals))],
    },
    windowDays: Math.max(0, ...all.map(({ windowDays }) => windowDays)),
  };
}

/** `shopQuery` asked alone. */
export async function readShop(tx: Tx): Promise<Shop> {
  const [row] = await readRows(tx.db, shopQuery(tx));
  return shopOf(tx, row!);
}

/** What deciding asks of a shop about these people. */
export function shopWorld(shop: Shop, people: Iterable<PersonRow>): ShopWorld {
  const { timeZone, countingTouch, pointCostMilli, campaigns } = shop;
  const tiers = new Map<string, PersonRow["tier"]>();
  for (const { id, tier } of people) tiers.set(id, tier);
  return {
    timeZone,
    countingTouch,
    pointCostMilli,
    multiplier: (customerId, programId, at) =>
      multiply(tiers.get(customerId) ?? null, campaigns, programId, at),
  };
}
