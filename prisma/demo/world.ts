import { seededRandom } from "@/lib/core/math/random";
import { DAY_MS } from "@/lib/core/time";
import type { ShareChannel } from "@/lib/events/schema";
import { FIRST, LAST } from "./names";

/**
 * The demo's invented past: two years of a small tea shop, the same for the same seed. Who buys how
 * often follows the model that the dashboard fits (each at a rate of their own, until they drift
 * away with a chance of their own after each order), so its predictions have something to find;
 * friends who came by invitation stay a little longer.
 */
export type DemoOrder = {
  id: string;
  at: Date;
  lines: { sku: string; name: string; category: string; price: string; quantity: number }[];
  refunded: boolean;
};
export type DemoPerson = {
  key: string;
  name: string;
  email: string;
  locale: "en" | "sq" | "zh";
  arrivedAt: Date;
  /** Joined the program then, with the channels they shared through. */
  joinedAt: Date | null;
  shares: { at: Date; channel: ShareChannel }[];
  /** Who brought them, by key, and the click that did. */
  invitedBy: { key: string; clickAt: Date; channel: ShareChannel; claimedAt: Date | null } | null;
  orders: DemoOrder[];
};
export type DemoClick = { advocate: string; at: Date; channel: ShareChannel };
export type DemoWorld = {
  /** The shop opened then. */
  start: Date;
  programStart: Date;
  people: DemoPerson[];
  strayClicks: DemoClick[];
  views: { visitor: string; at: Date }[];
};

const GOODS = [
  { sku: "tea-bergamot", name: "Bergamot black, 100 g", category: "tea", price: "14.50" },
  { sku: "tea-jasmine", name: "Jasmine pearls, 80 g", category: "tea", price: "19.00" },
  { sku: "tea-mountain", name: "Mountain herb, 60 g", category: "tea", price: "11.20" },
  { sku: "tea-oolong", name: "Amber oolong, 75 g", category: "tea", price: "24.00" },
  { sku: "pot-clay", name: "Clay teapot", category: "ware", price: "48.00" },
  { sku: "cup-pair", name: "Pair of cups", category: "ware", price: "26.90" },
  { sku: "honey", name: "Linden honey", category: "pantry", price: "9.80" },
];
/** WhatsApp twice: it is used twice as often as each of the others. */
const CHANNELS: readonly ShareChannel[] = [
  "whatsapp",
  "whatsapp",
  "copy",
  "email",
  "telegram",
  "x",
  "facebook",
  "sms",
  "qr",
];
const DAYS = 760;
const ORGANIC = 380;
const FRIENDS = 190;
/** The program opened when the shop was a year old. */
const PROGRAM_AFTER_DAYS = 330;

/** @param now the demo's today; @param seed the same one gives the same world */
export function makeWorld(now: Date, seed = 20): DemoWorld {
  const random = seededRandom(seed);
  const start = new Date(now.getTime() - DAYS * DAY_MS);
  const programStart = new Date(start.getTime() + PROGRAM_AFTER_DAYS * DAY_MS);
  const people: DemoPerson[] = [];
  const strayClicks: DemoClick[] = [];
  const addPerson = peopleMaker({ random, now, programStart, people });

  for (let index = 0; index < ORGANIC; index += 1) {
    // Arrivals grow over the time, as a shop's do.
    addPerson(new Date(start.getTime() + Math.sqrt(random()) * (DAYS - 2) * DAY_MS), null);
  }
  // Friends are added while the list is read, so that friends of friends come too.
  for (let index = 0; index < people.length && people.length < ORGANIC + FRIENDS; index += 1)
    share(people[index]!, { random, now, people, strayClicks, addPerson });
  return { start, programStart, people, strayClicks, views: viewsOf(random, now, programStart) };
}

type Ground = { random: () => number; now: Date; people: DemoPerson[] };
type AddPerson = (arrivedAt: Date, invitedBy: DemoPerson["invitedBy"]) => void;

/** Some browsers open the program's page and leave it at that. */
function viewsOf(random: () => number, now: Date, programStart: Date): DemoWorld["views"] {
  const since = now.getTime() - programStart.getTime();
  return Array.from({ length: 240 }, (_, index) => ({
    visitor: `demo-view-${index}`,
    at: new Date(programStart.getTime() + random() * since),
  }));
}

const pick = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;

const exponential = (random: () => number, mean: number) => -Math.log(1 - random()) * mean;

/** What adds a person who arrives then, with all that they will buy. */
function peopleMaker({
  random,
  now,
  programStart,
  people,
}: Ground & { programStart: Date }): AddPerson {
  const ordersFrom = ordersMaker(random, now);
  return (arrivedAt, invitedBy) => {
    const index = people.length;
    const round = Math.floor(index / FIRST.length);
    const name = `${FIRST[index % FIRST.length]} ${LAST[(index * 7 + round) % LAST.length]}`;
    const joins = random() < (invitedBy ? 0.42 : 0.3);
    const earliest = Math.max(arrivedAt.getTime(), programStart.getTime());
    const joinedAt = joins ? new Date(earliest + exponential(random, 25) * DAY_MS) : null;
    const buysAt = invitedBy ? firstPurchase(random, invitedBy.claimedAt) : arrivedAt;
    people.push({
      key: `c-${1001 + index}`,
      name,
      email: `${name.toLowerCase().replace(" ", ".")}.${index}@example.com`,
      locale: index % 11 === 3 ? "sq" : index % 11 === 7 ? "zh" : "en",
      arrivedAt,
      joinedAt: joinedAt && joinedAt < now ? joinedAt : null,
      shares: [],
      invitedBy,
      orders: buysAt && buysAt < now ? ordersFrom(buysAt, invitedBy ? 4 : 2.6) : [],
    });
  };
}

function firstPurchase(random: () => number, claimedAt: Date | null): Date | null {
  return claimedAt && random() < 0.72
    ? new Date(claimedAt.getTime() + exponential(random, 4) * DAY_MS)
    : null;
}

/** Orders from a first one on: Gamma(1) purchase rates, Beta(1, loyalty) chances to drift away. */
function ordersMaker(random: () => number, now: Date) {
  let orderNumber = 10_000;
  return (from: Date, loyalty: number): DemoOrder[] => {
    const meanDays = 45 / Math.max(exponential(random, 1), 0.02);
    const drifts = 1 - (1 - random()) ** (1 / loyalty);
    const orders: DemoOrder[] = [];
    let at = from.getTime();
    while (at < now.getTime()) {
      const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
        ...pick(random, GOODS),
        quantity: 1 + Math.floor(random() * 2),
      }));
      const id = `BR-${(orderNumber += 1)}`;
      orders.push({ id, at: new Date(at), lines, refunded: random() < 0.025 });
      if (random() < drifts) break;
      at += exponential(random, meanDays) * DAY_MS;
    }
    return orders;
  };
}

/** What an advocate shares, who clicks it, and which of them become friends. */
function share(
  advocate: DemoPerson,
  {
    random,
    now,
    people,
    strayClicks,
    addPerson,
  }: Ground & { strayClicks: DemoClick[]; addPerson: AddPerson },
): void {
  if (!advocate.joinedAt) return;
  const shareCount = 1 + Math.floor(exponential(random, 2));
  for (let nth = 0; nth < shareCount; nth += 1) {
    const at = new Date(advocate.joinedAt.getTime() + exponential(random, 20) * DAY_MS * nth);
    if (at >= now) break;
    const channel = pick(random, CHANNELS);
    advocate.shares.push({ at, channel });
    const clicks = Math.floor(exponential(random, 1.6));
    for (let click = 0; click < clicks; click += 1) {
      const clickAt = new Date(at.getTime() + exponential(random, 1.5) * DAY_MS);
      if (clickAt >= now) continue;
      if (random() < 0.5 && people.length < ORGANIC + FRIENDS) {
        const claims = random() < 0.85;
        const claimedAt = claims
          ? new Date(clickAt.getTime() + exponential(random, 0.1) * DAY_MS)
          : null;
        if (claimedAt === null || claimedAt < now)
          addPerson(clickAt, { key: advocate.key, clickAt, channel, claimedAt });
      } else {
        strayClicks.push({ advocate: advocate.key, at: clickAt, channel });
      }
    }
  }
}
