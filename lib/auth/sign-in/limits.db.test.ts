import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { limitLink } from "./limits";
import { signInByPassword } from "./sign-in";

const password = "correct horse battery";
let email: string;
let userId: string;

beforeAll(async () => {
  email = "owner@example.com";
  const shop = { email, password, name: "Ana", shopName: "Bean", currency: "EUR", timeZone: "UTC" };
  userId = (await signUpMerchant(shop)).userId;
});
afterAll(closeConnections);

const OWNER = "192.0.2.200";
const limited = { code: "rate_limited" };
const wrong = { code: "unauthenticated" };
const waits: number[] = [];
const pause = async (ms: number) => void waits.push(ms);
const attempt = (given: string, address: string, device?: { userId: string; id: string }) =>
  signInByPassword({ email, password: given, address, device: device ?? null }, pause);
const device = () => ({ userId, id: newId("ses") });

describe("a stranger who tries passwords at somebody's account", () => {
  it("is refused where they are, and the owner is not locked out", async () => {
    for (let i = 0; i < 10; i += 1)
      await expect(attempt("wrong", "198.51.100.1")).rejects.toMatchObject(wrong);
    await expect(attempt("wrong", "198.51.100.1")).rejects.toMatchObject(limited);
    await expect(attempt(password, "198.51.100.1")).rejects.toMatchObject(limited);
    expect(await attempt(password, OWNER)).toMatchObject({ id: userId });
    expect(await attempt(password, OWNER, device())).toMatchObject({ id: userId });
  });

  it("is delayed, then refused, from however many networks, but not the owner", async () => {
    waits.length = 0;
    const guesses = Array.from({ length: 60 }, (_, n) => `203.0.113.${n}`);
    let refused = 0;
    for (const address of guesses)
      await attempt("wrong", address).catch(
        (error) => (refused += error.code === "rate_limited" ? 1 : 0),
      );
    expect(waits.length).toBeGreaterThan(20);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(refused).toBeGreaterThan(5);
    // Even from a network that the stranger shares.
    expect(await attempt(password, "203.0.113.1", device())).toMatchObject({ id: userId });
    // From a new browser a link is the way left, and the answer says so.
    await expect(attempt(password, "203.0.113.200")).rejects.toThrow(/Email me a link/);
  });

  it("gets no further with a browser known for another account, nor a stolen one", async () => {
    const other = { userId: newId("usr"), id: newId("ses") };
    await expect(attempt(password, "203.0.113.201", other)).rejects.toMatchObject(limited);
    const stolen = device();
    for (let i = 0; i < 10; i += 1)
      await expect(attempt("wrong", "203.0.113.202", stolen)).rejects.toMatchObject(wrong);
    await expect(attempt("wrong", "203.0.113.203", stolen)).rejects.toMatchObject(limited);
    expect(await attempt(password, OWNER, device())).toMatchObject({ id: userId });
  });
});

it("a stranger who asks for somebody's links leaves some to the owner", async () => {
  for (let i = 0; i < 5; i += 1) await limitLink(email, { address: "198.51.100.1" });
  await expect(limitLink(email, { address: "198.51.100.1" })).rejects.toMatchObject(limited);
  await limitLink(email, { address: OWNER });
  for (let n = 0; n < 9; n += 1) await limitLink(email, { address: `203.0.113.${n}` });
  // One is left every ten minutes, to whoever asks: it goes to the owner.
  await limitLink(email, { address: "203.0.113.98" });
  await expect(limitLink(email, { address: "203.0.113.99" })).rejects.toMatchObject(limited);
  await limitLink(email, { address: OWNER, isKnown: true });
});
