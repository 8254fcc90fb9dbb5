import { DAY_MS } from "@/lib/core/time";
import type { EventBody } from "@/lib/events/schema";
import type { Known } from "./live";
import type { Moment } from "./moments";
import type { DemoPerson } from "./world";

/** The browser that two friends of one advocate have in common. */
const KITCHEN = "demo-kitchen-tablet";
/** The browser in which an advocate signed in to the shop, and a friend of theirs accepted. */
const STUDY = "demo-study-laptop";

type Friend = {
  key: string;
  name: string;
  daysAgo: number;
  /** The browser in which they accepted; without one nothing tells that it was a browser. */
  visitor: string | null;
  total: string;
};

const FIRST_FRIENDS: Friend[] = [
  { key: "c-2001", name: "June Aldana", daysAgo: 6, visitor: KITCHEN, total: "43.40" },
  { key: "c-2002", name: "Otis Aldana", daysAgo: 4, visitor: KITCHEN, total: "38.00" },
];
const SECOND_FRIENDS: Friend[] = [
  { key: "c-2003", name: "Maren Quist", daysAgo: 3, visitor: STUDY, total: "67.50" },
  { key: "c-2004", name: "Theo Brandt", daysAgo: 2, visitor: null, total: "29.00" },
];

/**
 * What waits for a decision on the last day, for reasons that the product itself finds: two friends
 * in one browser, and one in the browser of the customer who invited them. The fourth is noted
 * only, since nothing but a missing browser speaks against him.
 * @param now the demo's today
 */
export function reviewMoments(people: readonly DemoPerson[], known: Known, now: Date): Moment[] {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const [first, second] = people.filter(({ joinedAt }) => joinedAt && joinedAt < ago(60));
  if (!first || !second) return [];
  const signsIn: Moment = {
    at: ago(9),
    atOnce: true,
    send: async () => ({
      source: "api",
      body: { type: "sign_in", customer: customerOf(second), visitorId: STUDY },
    }),
  };
  return [
    signsIn,
    ...FIRST_FRIENDS.flatMap((friend) => acceptAndBuy(friend, first, known, ago)),
    ...SECOND_FRIENDS.flatMap((friend) => acceptAndBuy(friend, second, known, ago)),
  ];
}

function acceptAndBuy(
  friend: Friend,
  advocate: DemoPerson,
  known: Known,
  ago: (days: number) => Date,
): Moment[] {
  const email = `${friend.name.toLowerCase().replace(" ", ".")}@example.com`;
  const customer = { id: friend.key, email, name: friend.name };
  const { visitor } = friend;
  return [
    {
      at: ago(friend.daysAgo),
      atOnce: true,
      send: async () => {
        const code = known.codes.get(advocate.key);
        if (!code) return null;
        return {
          source: "invite",
          programId: known.programId,
          ...(visitor && { visitorId: visitor }),
          body: { type: "invite_claim", code, customer, ...(visitor && { visitorId: visitor }) },
        };
      },
    },
    {
      at: ago(friend.daysAgo - 0.5),
      send: async () => ({
        source: "api",
        body: {
          type: "purchase",
          customer,
          code: known.codes.get(advocate.key),
          order: { id: `o-${friend.key}`, total: friend.total, currency: "USD" },
        },
      }),
    },
  ];
}

function customerOf({ key, email, name }: DemoPerson): EventBody["customer"] {
  return { id: key, email, name };
}
