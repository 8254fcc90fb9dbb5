import { createHash } from "node:crypto";
import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import { newId } from "@/lib/core/id";
import { decimal, parseMoney } from "@/lib/core/money";
import { clickWriter } from "@/lib/events/hot-path/click-writer";
import type { EventBody } from "@/lib/events/schema";
import { type NewEvent, storeEvent } from "@/lib/events/commands/store-event";
import { chooseAlias } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { settle } from "@/lib/worker/test-clock";
import type { DemoClick, DemoOrder, DemoPerson, DemoWorld } from "./world";

const CHUNK = 250;

/**
 * Lets the invented past happen to a merchant, through the same commands that the pages and the API
 * call.
 */
export async function liveThrough(
  scope: Scope,
  programId: string,
  world: DemoWorld,
): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const advocates = new Map<string, string>();
  for (const person of world.people) {
    if (!person.joinedAt) continue;
    const joinedAt = person.joinedAt;
    await inScope(scope, async (_, scope) => {
      const { customer } = await upsertCustomer(scope, {
        externalId: person.key,
        email: person.email,
        name: person.name,
        locale: person.locale,
        seenAt: person.arrivedAt,
      });
      const { advocate, code } = await joinProgram(scope, {
        programId,
        customerId: customer.id,
        at: joinedAt,
        welcome: false,
      });
      // Most like to be seen on the leaderboard, under their first name and a letter.
      if (advocates.size % 4 !== 3)
        await chooseAlias(scope, {
          programId,
          customerId: customer.id,
          alias: aliasOf(person.name),
        });
      codes.set(person.key, code);
      advocates.set(person.key, advocate.id);
    });
  }
  const clickIds = await click(world, codes);
  const views: NewEvent[] = world.views.map(({ visitor, at }) => ({
    source: "refer",
    occurredAt: at,
    programId,
    visitorId: visitor,
    body: { type: "program_view" },
  }));
  const events = world.people
    .flatMap((person) => eventsOf(person, { codes, advocates, clickIds, programId }))
    .concat(views)
    .sort((a, b) => a.occurredAt!.getTime() - b.occurredAt!.getTime());
  for (let from = 0; from < events.length; from += CHUNK) {
    await inScope(scope, async (_, scope) => {
      for (const event of events.slice(from, from + CHUNK)) await storeEvent(scope, event);
    });
    // In the order they happened, so that lists read like the months they tell of.
    await settle(scope);
  }
  return codes;
}

function aliasOf(name: string): string {
  const [first, last] = name.split(" ");
  return `${first} ${last?.charAt(0) ?? ""}`.trim();
}

async function click(world: DemoWorld, codes: Map<string, string>): Promise<Map<string, string>> {
  const clicks: (DemoClick & { visitor: string; friend: string | null })[] = [
    ...world.strayClicks.map((stray, index) => ({
      ...stray,
      visitor: `demo-stray-${index}`,
      friend: null,
    })),
    ...world.people.flatMap(({ key, invitedBy }) =>
      invitedBy
        ? [
            {
              advocate: invitedBy.key,
              at: invitedBy.clickAt,
              channel: invitedBy.channel,
              visitor: `demo-${key}`,
              friend: key,
            },
          ]
        : [],
    ),
  ];
  const known = clicks.filter(({ advocate }) => codes.has(advocate));
  const answers = await clickWriter.add(
    known.map(({ advocate, at, channel, visitor }) => {
      const code = codes.get(advocate)!;
      const bodyJson = JSON.stringify({ code, context: { channel, device: "phone" } });
      const bodyHash = createHash("sha256").update(bodyJson).digest("hex");
      return {
        id: newId("clk", at.getTime()),
        code,
        visitorId: visitor,
        channel,
        counts: true,
        at,
        bodyJson,
        bodyHash,
      };
    }),
  );
  const ids = new Map<string, string>();
  for (const [index, answer] of answers.entries()) {
    const { friend } = known[index]!;
    if (friend && answer?.isLive && answer.clickId) ids.set(friend, answer.clickId);
  }
  return ids;
}

type Known = {
  codes: Map<string, string>;
  advocates: Map<string, string>;
  clickIds: Map<string, string>;
  programId: string;
};

function eventsOf(person: DemoPerson, known: Known): NewEvent[] {
  const { invitedBy } = person;
  const customer = { id: person.key, email: person.email, name: person.name };
  const visitorId = `demo-${person.key}`;
  const events: NewEvent[] = [];
  const code = invitedBy && known.codes.get(invitedBy.key);
  if (invitedBy?.claimedAt && code) {
    const clickId = known.clickIds.get(person.key);
    events.push({
      source: "invite",
      occurredAt: invitedBy.claimedAt,
      programId: known.programId,
      visitorId,
      body: {
        type: "invite_claim",
        code,
        customer,
        visitorId,
        ...(clickId && { clickId }),
        context: { locale: person.locale },
      },
    });
  }
  const advocateId = known.advocates.get(person.key);
  if (advocateId && person.joinedAt) {
    events.push({
      source: "refer",
      occurredAt: person.joinedAt,
      programId: known.programId,
      advocateId,
      body: { type: "program_view" },
    });
  }
  for (const { at, channel } of person.shares) {
    if (advocateId)
      events.push({
        source: "refer",
        occurredAt: at,
        programId: known.programId,
        advocateId,
        channel,
        body: { type: "share", context: { channel } },
      });
  }
  for (const order of person.orders) {
    events.push({
      source: "api",
      occurredAt: order.at,
      dedupeKey: `purchase:order:${order.id}`,
      body: purchaseOf(order, customer, person.locale),
    });
    if (order.refunded) {
      const at = new Date(order.at.getTime() + 3 * 86_400_000);
      if (at < new Date())
        events.push({
          source: "api",
          occurredAt: at,
          body: { type: "refund", refund: { orderId: order.id, currency: "USD" } },
        });
    }
  }
  return events;
}

function purchaseOf(order: DemoOrder, customer: EventBody["customer"], locale: string): EventBody {
  const sums = order.lines.map(
    (line) => parseMoney(line.price, "USD/2").minor * BigInt(line.quantity),
  );
  const total = sums.reduce((a, b) => a + b, 0n);
  return {
    type: "purchase",
    customer,
    context: { locale, source: "shop" },
    order: {
      id: order.id,
      total: decimal({ minor: total, asset: "USD/2" }),
      currency: "USD",
      items: order.lines.map(({ sku, name, category, price, quantity }) => ({
        sku,
        name,
        category,
        price,
        quantity,
      })),
    },
  };
}
