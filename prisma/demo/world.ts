import { seededRandom } from "@/lib/core/math/random";
import { DAY_MS } from "@/lib/core/time";
import { type SHARE_CHANNELS, type ShareChannel } from "@/lib/events/schema";

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
  programStart: Date;
  people: DemoPerson[];
  strayClicks: DemoClick[];
  views: { visitor: string; at: Date }[];
};

const FIRST = [
  "Mirela",
  "Tolan",
  "Annike",
  "Jorun",
  "Besian",
  "Lirika",
  "Oswin",
  "Petra",
  "Ruvik",
  "Selda",
  "Tamsin",
  "Ulmar",
  "Veska",
  "Wendel",
  "Yorika",
  "Zaneta",
  "Arlo",
  "Brisa",
  "Corvin",
  "Dafina",
  "Elmar",
  "Fjolla",
  "Garrit",
  "Hedda",
  "Ilirjan",
  "Jasna",
  "Kelmend",
  "Lotte",
  "Marek",
  "Nilufar",
  "Odalys",
  "Quill",
  "Rosalba",
  "Stellan",
  "Teuta",
  "Vilma",
  "Xenia",
  "Yanlin",
  "Zhiyu",
  "Meilan",
];
const LAST = [
  "Harrowgate",
  "Lindqvold",
  "Tarnaby",
  "Ostermoor",
  "Pellworth",
  "Quenby",
  "Ravendell",
  "Silverbeck",
  "Thistlewood",
  "Underhay",
  "Vantreese",
  "Wickersham",
  "Yarborne",
  "Zellmark",
  "Abernoth",
  "Bellisar",
  "Crowhurst",
  "Dunmarrow",
  "Eskildane",
  "Fernsby",
];
const GOODS = [
  { sku: "tea-bergamot", name: "Bergamot black, 100 g", category: "tea", price: "14.50" },
  { sku: "tea-jasmine", name: "Jasmine pearls, 80 g", category: "tea", price: "19.00" },
  { sku: "tea-mountain", name: "Mountain herb, 60 g", category: "tea", price: "11.20" },
  { sku: "tea-oolong", name: "Amber oolong, 75 g", category: "tea", price: "24.00" },
  { sku: "pot-clay", name: "Clay teapot", category: "ware", price: "48.00" },
  { sku: "cup-pair", name: "Pair of cups", category: "ware", price: "26.90" },
  { sku: "honey", name: "Linden honey", category: "pantry", price: "9.80" },
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
  const programStart = start.getTime() + PROGRAM_AFTER_DAYS * DAY_MS;
  const people: DemoPerson[] = [];
  const strayClicks: DemoClick[] = [];
  let orderNumber = 10_000;

  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const channel = (): ShareChannel =>
    pick([
      "whatsapp",
      "whatsapp",
      "copy",
      "email",
      "telegram",
      "x",
      "facebook",
      "sms",
      "qr",
    ] as const satisfies readonly (typeof SHARE_CHANNELS)[number][]);

  const buy = (from: Date, loyalty: number): DemoOrder[] => {
    // Gamma(1) over purchase rates, Beta(1, loyalty) over the chance to drift away.
    const meanDays = 45 / Math.max(exponential(1), 0.02);
    const drifts = 1 - (1 - random()) ** (1 / loyalty);
    const orders: DemoOrder[] = [];
    for (let at = from.getTime(); at < now.getTime(); at += exponential(meanDays) * DAY_MS) {
      const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
        ...pick(GOODS),
        quantity: 1 + Math.floor(random() * 2),
      }));
      orders.push({
        id: `BR-${(orderNumber += 1)}`,
        at: new Date(at),
        lines,
        refunded: random() < 0.025,
      });
      if (random() < drifts) break;
    }
    return orders;
  };

  const person = (arrivedAt: Date, invitedBy: DemoPerson["invitedBy"]): DemoPerson => {
    const index = people.length;
    const round = Math.floor(index / FIRST.length);
    const name = `${FIRST[index % FIRST.length]} ${LAST[(index * 7 + round) % LAST.length]}`;
    const joins = random() < (invitedBy ? 0.42 : 0.3);
    const joinedAt = joins
      ? new Date(Math.max(arrivedAt.getTime(), programStart) + exponential(25) * DAY_MS)
      : null;
    const buysAt = invitedBy
      ? invitedBy.claimedAt && random() < 0.72
        ? new Date(invitedBy.claimedAt.getTime() + exponential(4) * DAY_MS)
        : null
      : arrivedAt;
    const made: DemoPerson = {
      key: `c-${1001 + index}`,
      name,
      email: `${name.toLowerCase().replace(" ", ".")}.${index}@example.com`,
      locale: index % 11 === 3 ? "sq" : index % 11 === 7 ? "zh" : "en",
      arrivedAt,
      joinedAt: joinedAt && joinedAt < now ? joinedAt : null,
      shares: [],
      invitedBy,
      orders: buysAt && buysAt < now ? buy(buysAt, invitedBy ? 4 : 2.6) : [],
    };
    people.push(made);
    return made;
  };

  // Who opened the program's page and left it at that.
  const views = () =>
    Array.from({ length: 240 }, (_, index) => ({
      visitor: `demo-view-${index}`,
      at: new Date(programStart + random() * (now.getTime() - programStart)),
    }));

  for (let index = 0; index < ORGANIC; index += 1) {
    // Arrivals grow over the time, as a shop's do.
    person(new Date(start.getTime() + Math.sqrt(random()) * (DAYS - 2) * DAY_MS), null);
  }
  // Friends are made while the list grows, so that friends of friends come too.
  for (let index = 0; index < people.length && people.length < ORGANIC + FRIENDS; index += 1) {
    const advocate = people[index]!;
    if (!advocate.joinedAt) continue;
    const shareCount = 1 + Math.floor(exponential(2));
    for (let share = 0; share < shareCount; share += 1) {
      const at = new Date(advocate.joinedAt.getTime() + exponential(20) * DAY_MS * share);
      if (at >= now) break;
      const through = channel();
      advocate.shares.push({ at, channel: through });
      const clicks = Math.floor(exponential(1.6));
      for (let click = 0; click < clicks; click += 1) {
        const clickAt = new Date(at.getTime() + exponential(1.5) * DAY_MS);
        if (clickAt >= now) continue;
        if (random() < 0.5 && people.length < ORGANIC + FRIENDS) {
          const claimedAt =
            random() < 0.85 ? new Date(clickAt.getTime() + exponential(0.1) * DAY_MS) : null;
          if (claimedAt === null || claimedAt < now)
            person(clickAt, { key: advocate.key, clickAt, channel: through, claimedAt });
        } else {
          strayClicks.push({ advocate: advocate.key, at: clickAt, channel: through });
        }
      }
    }
  }
  return { programStart: new Date(programStart), people, strayClicks, views: views() };
}
