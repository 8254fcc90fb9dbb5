import { setTimeout as sleep } from "node:timers/promises";
import type { Shop } from "@/lib/auth/matrix/testing/shop";

/** Friends who sign up with an advocate's code and buy, until it is stopped. */
export type Load = {
  /** Sends one more friend, again and again until both events are acknowledged. */
  friend(): Promise<string>;
  /** How many were acknowledged. */
  acknowledged(): number;
  /** Resolves once whatever is under way is acknowledged. */
  stop(): Promise<void>;
};

const SENDERS = 4;
const PAUSE_MS = 200;
const AGAIN_MS = 50;
/** As whoever sends events should: what is not answered by then is sent again. */
const PATIENCE_MS = 5_000;

/** What the ids of all these friends, and of their orders, begin with. */
export const MARK = "killed-";
export const PRICE_CENTS = 4_990;

export function startLoad(url: string, { keys, customer: { code } }: Shop): Load {
  let stopping = false;
  let number = 0;
  let acknowledged = 0;
  const send = async (body: string): Promise<boolean> => {
    try {
      const response = await fetch(`${url}/api/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${keys.secret}`, "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const { accepted, duplicates } = (await response.json()) as Record<string, number>;
      return response.status === 200 && accepted! + duplicates! === 2;
    } catch {
      return false;
    }
  };
  const friend = async (): Promise<string> => {
    const id = `${MARK}${(number += 1)}`;
    const body = JSON.stringify({ events: eventsOf(id, code) });
    while (!(await send(body))) await sleep(AGAIN_MS);
    acknowledged += 1;
    return id;
  };
  const senders = Array.from({ length: SENDERS }, async () => {
    while (!stopping) {
      await friend();
      await sleep(PAUSE_MS);
    }
  });
  return {
    friend,
    acknowledged: () => acknowledged,
    async stop() {
      stopping = true;
      await Promise.all(senders);
    },
  };
}

function eventsOf(id: string, code: string): object[] {
  const customer = { id, email: `${id}@example.com`, name: "Ada Example" };
  return [
    { id: `${id}-sign-up`, type: "signup", customer, code },
    {
      id: `${id}-purchase`,
      type: "purchase",
      customer,
      order: { id, total: (PRICE_CENTS / 100).toFixed(2), currency: "USD" },
    },
  ];
}
