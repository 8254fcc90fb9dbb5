import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { turnClock } from "@/lib/core/time";
import { upsertCustomer } from "@/lib/customers/commands";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { asOwner, createTestMerchant } from "@/lib/merchants/testing";
import { mergeCustomers } from "@/lib/pipeline/merge/commands";
import { customerScope } from "../customer";
import { currentUser } from "../member";
import { changePassword } from "../sign-in/change-password";
import { authOptions } from "../sign-in/options";
import { resetPassword, sendPasswordReset } from "../sign-in/password-reset";
import { provenAccount, sendSignInLink, signInByLink, signInByPassword } from "../sign-in/sign-in";
import { jar } from "../testing";
import {
  endAllCustomerSessions,
  endCustomerSession,
  startCustomerSession,
} from "./customer-session";
import {
  accountOf,
  endMemberSession,
  endSessionOf,
  endSessionsOf,
  startMemberSession,
} from "./member-session";
import { openMemberSession } from "./open-session";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

const app = () => prismaFor("goodword_app");
const password = "correct horse battery";

beforeEach(() => jar.clear());
afterAll(closeConnections);

/** Does something in a browser of its own, and puts the cookies of this one back. */
async function inAnotherBrowser<T>(work: () => Promise<T>): Promise<T> {
  const mine = [...jar];
  jar.clear();
  const result = await work();
  jar.clear();
  for (const [name, value] of mine) jar.set(name, value);
  return result;
}

/** Whoever is signed in with a stolen copy of the cookies. */
const withStolen = (cookies: Map<string, string>) =>
  inAnotherBrowser(async () => {
    for (const [name, value] of cookies) jar.set(name, value);
    return currentUser();
  });

async function linkIn(template: string, email: string, pattern: RegExp): Promise<string> {
  const [message] = await asOwner<{ text: string }>(
    "SELECT text FROM user_message WHERE template = $1 AND recipient = $2 ORDER BY id DESC LIMIT 1",
    [template, email],
  );
  return pattern.exec(message?.text ?? "")?.[1] ?? "";
}

describe("the stolen cookie of a member", () => {
  let email: string;
  let userId: string;
  let stolen: Map<string, string>;

  beforeEach(async () => {
    email = `${newId("usr")}@example.com`;
    const signedUp = await signUpMerchant({
      email,
      password,
      name: "Ana",
      shopName: "Bean & Leaf",
      currency: "EUR",
      timeZone: "UTC",
    });
    userId = signedUp.userId;
    await startMemberSession({ userId, epoch: 0 });
    stolen = new Map(jar);
    expect(await withStolen(stolen)).toMatchObject({ id: userId });
  });

  it("is worth nothing once its owner signs out, and other browsers stay signed in", async () => {
    await inAnotherBrowser(async () => {
      await startMemberSession({ userId, epoch: 0 });
      expect(await accountOf(userId)).toMatchObject({ sessions: [{}, {}] });
    });
    const other = await inAnotherBrowser(async () => {
      await startMemberSession({ userId, epoch: 0 });
      return new Map(jar);
    });
    await endMemberSession();
    expect(await withStolen(stolen)).toBeNull();
    expect(await withStolen(other)).toMatchObject({ id: userId });
  });

  it("is worth nothing after signing out through NextAuth", async () => {
    const session = await app().userSession.findFirstOrThrow({ where: { userId } });
    const { events } = authOptions();
    await events!.signOut!({ token: { sub: userId, sid: session.id }, session: {} as never });
    expect(await withStolen(stolen)).toBeNull();
  });

  it("is worth nothing after signing in anew in the same browser", async () => {
    await startMemberSession({ userId, epoch: 0 });
    expect(await withStolen(stolen)).toBeNull();
    expect(await currentUser()).toMatchObject({ id: userId });
  });

  it("is worth nothing after signing out everywhere", async () => {
    await inAnotherBrowser(() => endSessionsOf(app(), userId));
    expect(await withStolen(stolen)).toBeNull();
    expect(await accountOf(userId)).toMatchObject({ sessions: [] });
  });

  it("is worth nothing after a change of the password, which needs the one so far", async () => {
    const change = (current: string) =>
      changePassword({ userId, current, password: "a quite different one" });
    await expect(change("a guess")).rejects.toMatchObject({ path: "current" });
    expect(await withStolen(stolen)).toMatchObject({ id: userId });
    await sendPasswordReset({ email });
    const token = await linkIn("member_reset", email, /reset\/([\w-]+)/);
    const { epoch } = await change(password);
    expect(await withStolen(stolen)).toBeNull();
    await startMemberSession({ userId, epoch });
    expect(await currentUser()).toMatchObject({ id: userId });
    // A link that was asked for before would let its holder back in.
    await expect(resetPassword({ token, password })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  it("ends alone, by whose it is, and by nobody else", async () => {
    const [session] = (await accountOf(userId)).sessions;
    await inAnotherBrowser(() => startMemberSession({ userId, epoch: 0 }));
    await endSessionOf("somebody else", session!.id);
    expect(await withStolen(stolen)).toMatchObject({ id: userId });
    await endSessionOf(userId, session!.id);
    expect(await withStolen(stolen)).toBeNull();
    expect((await accountOf(userId)).sessions).toHaveLength(1);
  });

  it("ends when it is not used for three days, and not while it is", async () => {
    const days = (count: number) => turnClock(new Date(Date.now() + count * 86_400_000));
    days(2);
    expect(await withStolen(stolen)).toMatchObject({ id: userId });
    days(4);
    expect(await withStolen(stolen)).toMatchObject({ id: userId });
    days(7.1);
    expect(await withStolen(stolen)).toBeNull();
    turnClock(null);
  });

  it("begins no session by a password that was changed while it was checked", async () => {
    const checked = await signInByPassword({ email, password, address: "192.0.2.9" });
    await endSessionsOf(app(), userId);
    await startMemberSession({ userId, epoch: checked.epoch });
    expect(await currentUser()).toBeNull();
  });

  it("ends on its own, however often it is used", async () => {
    const { sid } = await openMemberSession({ userId, epoch: 0 });
    const { createdAt, expiresAt } = await app().userSession.findUniqueOrThrow({
      where: { id: sid },
    });
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(14 * 24 * 60 * 60 * 1000);
    // Only our clock is turned: NextAuth makes the cookie itself anew whenever it is asked.
    await app().userSession.updateMany({ data: { seenAt: expiresAt } });
    turnClock(expiresAt);
    expect(await withStolen(stolen)).toBeNull();
    turnClock(null);
  });
});

describe("an account that a stranger opened with somebody's address", () => {
  let email: string;
  let userId: string;

  beforeEach(async () => {
    email = `${newId("usr")}@example.com`;
    const stranger = { email, password, name: "Eve", shopName: "Trap", timeZone: "UTC" };
    userId = (await signUpMerchant({ ...stranger, currency: "EUR" })).userId;
    await startMemberSession({ userId, epoch: 0 });
  });

  const byPassword = () => signInByPassword({ email, password, address: "192.0.2.10" });
  const newLink = async () => {
    await sendSignInLink({ email, next: undefined });
    return linkIn("member_sign_in", email, /token=([\w-]+)/);
  };

  it("is rid of the stranger once its owner follows a link", async () => {
    const token = await newLink();
    const owner = await signInByLink({ token });
    expect(await currentUser()).toBeNull();
    await expect(byPassword()).rejects.toMatchObject({ code: "unauthenticated" });
    await startMemberSession({ userId, epoch: owner.epoch });
    expect(await currentUser()).toMatchObject({ id: userId });
    expect(await accountOf(userId)).toMatchObject({ hasPassword: false, isEmailProven: true });
  });

  it("or signs in with Google", async () => {
    await provenAccount(email);
    expect(await currentUser()).toBeNull();
    await expect(byPassword()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("keeps the password of an owner who is signed in where they follow the link", async () => {
    await signInByLink({ token: await newLink(), signedInAs: userId });
    expect(await currentUser()).toMatchObject({ id: userId });
    expect(await byPassword()).toMatchObject({ id: userId });
    // And from then on everywhere: the address is proven.
    await signInByLink({ token: await newLink() });
    expect(await byPassword()).toMatchObject({ id: userId });
  });
});

describe("the stolen cookie of a customer", () => {
  let shop: Scope;
  let customerId: string;
  const email = "mira@example.com";
  const slug = "session-spring";

  beforeAll(async () => {
    shop = await createTestMerchant();
    const now = new Date();
    const times = { createdAt: now, updatedAt: now };
    const program = { id: newId("prg"), slug, name: slug, state: "live", draft: {}, ...times };
    await inScope(shop, ({ db, merchantId }) =>
      db.program.create({ data: { merchantId, ...program } }),
    );
  });

  const upsert = async (person: { externalId?: string; email?: string }) =>
    (await upsertCustomer(shop, { ...person, seenAt: scopeNow(shop) })).customer.id;
  const who = async () => (await customerScope(slug))?.customerId ?? null;

  beforeEach(async () => {
    customerId = await upsert({ externalId: newId("cus"), email: `${newId("cus")}@example.com` });
  });

  async function emailOf(id: string): Promise<string> {
    const where = { merchantId_id: { merchantId: shop.merchantId, id } };
    const { email } = await inScope(shop, ({ db }) => db.customer.findUniqueOrThrow({ where }));
    return email!;
  }

  it("is worth nothing once its owner signs out, and other browsers stay signed in", async () => {
    const proof = { email: await emailOf(customerId) };
    await startCustomerSession(shop, { customerId, ...proof });
    const stolen = new Map(jar);
    jar.clear();
    await startCustomerSession(shop, { customerId, ...proof });
    await endCustomerSession();
    expect(await who()).toBeNull();
    for (const [name, value] of stolen) jar.set(name, value);
    expect(await who()).toBe(customerId);
    await endCustomerSession();
    for (const [name, value] of stolen) jar.set(name, value);
    expect(await who()).toBeNull();
  });

  it("is worth nothing after signing out everywhere", async () => {
    await startCustomerSession(shop, { customerId, email: await emailOf(customerId) });
    const stolen = new Map(jar);
    jar.clear();
    await endAllCustomerSessions(shop, customerId);
    for (const [name, value] of stolen) jar.set(name, value);
    expect(await who()).toBeNull();
  });

  it("of an address ends when the address turns out to be another's", async () => {
    await startCustomerSession(shop, { customerId, email: await emailOf(customerId) });
    const where = { merchantId_id: { merchantId: shop.merchantId, id: customerId } };
    const { externalId } = await inScope(shop, ({ db }) =>
      db.customer.findUniqueOrThrow({ where }),
    );
    expect(await who()).toBe(customerId);
    await upsert({ externalId: externalId!, email });
    expect(await who()).toBeNull();
  });

  it("of a token ends with the key that signed it", async () => {
    const key = await createApiKey(shop, { kind: "secret", label: "Backend" });
    await startCustomerSession(shop, { customerId, keyId: key.id });
    expect(await who()).toBe(customerId);
    await revokeApiKey(shop, { keyId: key.id });
    expect(await who()).toBeNull();
  });

  it("follows a merge, and ends everywhere with it", async () => {
    await startCustomerSession(shop, { customerId, email: await emailOf(customerId) });
    const intoId = await upsert({ externalId: newId("cus"), email: `${newId("cus")}@example.com` });
    await mergeCustomers(shop, { fromId: customerId, intoId, why: "staff" });
    expect(await who()).toBe(intoId);
    const stolen = new Map(jar);
    await endAllCustomerSessions(shop, intoId);
    for (const [name, value] of stolen) jar.set(name, value);
    expect(await who()).toBeNull();
  });

  it("ends on its own", async () => {
    await startCustomerSession(shop, { customerId, email: await emailOf(customerId) });
    await inScope(shop, ({ db, merchantId }) =>
      db.customerSession.updateMany({
        where: { merchantId, customerId },
        data: { expiresAt: new Date() },
      }),
    );
    expect(await who()).toBeNull();
  });
});
