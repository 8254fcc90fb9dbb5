import { createHash } from "node:crypto";
import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import { newId } from "@/lib/core/id";
import { decimal, parseMoney } from "@/lib/core/money";
import { DAY_MS } from "@/lib/core/time";
import { clickWriter } from "@/lib/events/hot-path/click-writer";
import type { EventBody } from "@/lib/events/schema";
import { type NewEvent, storeEvent } from "@/lib/events/commands/store-event";
import { chooseAlias } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Moment } from "./moments";
import type { DemoClick, DemoOrder, DemoPerson, DemoWorld } from "./world";

/** What comes to be known of people while the past happens, by their key. */
export type Known = {
  programId: string;
  /** Codes and advocates of those who joined. */
  codes: Map<string, string>;
  advocates: Map<string, string>;
  /** The click that brought a friend. */
  clickIds: Map<string, string>;
};

/**
 * The invented past as moments: facts as the pages and the API take them, and the same commands.
 * What is known of people by then is kept in `known`.
 */
export function momentsOf(scope: Scope, world: DemoWorld, known: Known): Moment[] {
  return [
    ...world.people.flatMap((person) => momentsOfPerson(scope, person, known)),
    ...world.strayClicks.map((stray, index) => ({
      at: stray.at,
      happen: () => click(known, { ...stray, visitor: `demo-stray-${index}` }),
    })),
    ...world.views.map(({ visitor, at }) => ({
      at,
      send: async (): Promise<NewEvent> => ({
        source: "refer",
        programId: known.programId,
        visitorId: visitor,
        body: { type: "program_view" },
      }),
    })),
  ];
}

function momentsOfPerson(scope: Scope, person: DemoPerson, known: Known): Moment[] {
  const { invitedBy, joinedAt } = person;
  const moments: Moment[] = [];
  if (invitedBy) {
    const { key: advocate, clickAt: at, channel, claimedAt } = invitedBy;
    const visitor = `demo-${person.key}`;
    const happen = async () => {
      const id = await click(known, { advocate, at, channel, visitor });
      if (id) known.clickIds.set(person.key, id);
    };
    moments.push({ at, happen });
    if (claimedAt)
      moments.push({ at: claimedAt, send: async () => claimOf(person, known), atOnce: true });
  }
  if (joinedAt) moments.push({ at: joinedAt, happen: () => join(scope, person, known, joinedAt) });
  for (const { at, channel } of person.shares)
    moments.push({ at, send: async () => shareOf(person, known, channel) });
  for (const [index, order] of person.orders.entries()) {
    // A friend's first order takes the coupon that joining brought.
    const hasCoupon = index === 0 && invitedBy !== null;
    moments.push({
      at: order.at,
      atOnce: index === 0 && invitedBy === null,
      send: async (scope) =>
        purchaseOf(order, person, hasCoupon ? await couponOf(scope, person) : undefined),
    });
    const refundedAt = new Date(order.at.getTime() + 3 * DAY_MS);
    if (order.refunded) moments.push({ at: refundedAt, send: async () => refundOf(order) });
  }
  return moments;
}

async function join(scope: Scope, person: DemoPerson, known: Known, at: Date): Promise<void> {
  const { programId, codes, advocates } = known;
  await inScope(scope, async (tx) => {
    const { customer } = await upsertCustomer(tx, {
      externalId: person.key,
      email: person.email,
      name: person.name,
      locale: person.locale,
      seenAt: person.arrivedAt,
    });
    const { id: customerId } = customer;
    const { advocate, code } = await joinProgram(tx, {
      programId,
      customerId,
      at,
      welcome: false,
    });
    // Most like to be seen on the leaderboard, under their first name and a letter.
    if (advocates.size % 4 !== 3)
      await chooseAlias(tx, { programId, customerId, alias: aliasOf(person.name) });
    codes.set(person.key, code);
    advocates.set(person.key, advocate.id);
    await storeEvent(tx, {
      source: "refer",
      occurredAt: at,
      programId,
      advocateId: advocate.id,
      body: { type: "program_view" },
    });
  });
}

function aliasOf(name: string): string {
  const [first, last] = name.split(" ");
  return `${first} ${last?.charAt(0) ?? ""}`.trim();
}

function shareOf(
  person: DemoPerson,
  { programId, advocates }: Known,
  channel: DemoClick["channel"],
): NewEvent | null {
  const advocateId = advocates.get(person.key);
  if (!advocateId) return null;
  const body: EventBody = { type: "share", context: { channel } };
  return { source: "refer", programId, advocateId, channel, body };
}

/** @returns the id of the click, where the link leads somewhere */
async function click(
  { codes }: Known,
  { advocate, at, channel, visitor }: DemoClick & { visitor: string },
): Promise<string | null> {
  const code = codes.get(advocate);
  if (!code) return null;
  const bodyJson = JSON.stringify({ code, context: { channel, device: "phone" } });
  const bodyHash = createHash("sha256").update(bodyJson).digest("hex");
  const [answer] = await clickWriter.add([
    {
      id: newId("clk"),
      code,
      visitorId: visitor,
      channel,
      counts: true,
      isCrowd: false,
      at,
      bodyJson,
      bodyHash,
    },
  ]);
  return answer?.isLive ? answer.clickId : null;
}

function claimOf(person: DemoPerson, known: Known): NewEvent | null {
  const code = known.codes.get(person.invitedBy!.key);
  if (!code) return null;
  const clickId = known.clickIds.get(person.key);
  const visitorId = `demo-${person.key}`;
  return {
    source: "invite",
    programId: known.programId,
    visitorId,
    body: {
      type: "invite_claim",
      code,
      customer: { email: person.email, name: person.name },
      visitorId,
      ...(clickId && { clickId }),
      context: { locale: person.locale },
    },
  };
}

async function couponOf(scope: Scope, person: DemoPerson): Promise<string | undefined> {
  const coupon = await inScope(scope, ({ db, merchantId }) =>
    db.coupon.findFirst({
      where: {
        merchantId,
        customer: { email: person.email },
        usedAt: null,
        reward: { state: "issued" },
      },
      select: { code: true },
    }),
  );
  return coupon?.code;
}

function refundOf({ id: orderId }: DemoOrder): NewEvent {
  return { source: "api", body: { type: "refund", refund: { orderId, currency: "USD" } } };
}

function customerOf({ key, email, name }: DemoPerson): EventBody["customer"] {
  return { id: key, email, name };
}

function purchaseOf(order: DemoOrder, person: DemoPerson, discountCode?: string): NewEvent {
  const sums = order.lines.map(
    (line) => parseMoney(line.price, "USD/2").minor * BigInt(line.quantity),
  );
  const total = sums.reduce((a, b) => a + b, 0n);
  const body: EventBody = {
    type: "purchase",
    customer: customerOf(person),
    context: { locale: person.locale, source: "shop" },
    order: {
      id: order.id,
      total: decimal({ minor: total, asset: "USD/2" }),
      currency: "USD",
      ...(discountCode && { discountCode }),
      items: order.lines.map(({ sku, name, category, price, quantity }) => ({
        sku,
        name,
        category,
        price,
        quantity,
      })),
    },
  };
  return { source: "api", dedupeKey: `purchase:order:${order.id}`, body };
}
