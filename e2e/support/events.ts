import { expect } from "@playwright/test";
import type { Api, Taken } from "./api";

type Person = { id: string; email: string };

/** Sends events as a shop's backend does; all of them have to be new and taken. */
export async function send(api: Api, ...events: object[]): Promise<void> {
  const { status, body } = await api.post<Taken>("/events", { events });
  expect({ status, body }).toEqual({
    status: 200,
    body: { accepted: events.length, duplicates: 0, rejected: [], warnings: [] },
  });
}

/** Moves test mode's clock on by an ISO 8601 duration, until all that fell due is done. */
export async function advance(api: Api, by: string): Promise<void> {
  const { status, body } = await api.post("/test-clock", { advance: by });
  expect(status, JSON.stringify(body)).toBe(200);
}

export function purchase({ id, email }: Person, order: string, total: string): object {
  return {
    id: `buy-${order}`,
    type: "purchase",
    customer: { id, email },
    order: { id: order, total, currency: "USD" },
  };
}

/** A friend signs up with an advocate's code, and buys. */
export function friendBuys(id: string, code: string): object[] {
  const friend = { id, email: `${id}@example.com` };
  return [
    { id: `join-${id}`, type: "sign_up", customer: friend, code },
    purchase(friend, `order-of-${id}`, "40.00"),
  ];
}
