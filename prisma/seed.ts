import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SignJWT } from "jose";
import { inScope, mintScope, type Scope } from "@/lib/merchants/scope";
import { randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { merchantBySlug } from "@/lib/merchants/directory";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/keys";
import type { DemoFacts, Seed } from "@/lib/operations/seeding";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { ALWAYS } from "@/lib/programs/rules";
import type { Terms } from "@/lib/programs/schema";
import { liveThrough } from "./demo/live";
import {
  DEMO_EXPERIMENT,
  DEMO_LOYALTY_RULES,
  openLoyalty,
  addLoyaltyActivity,
} from "./demo/loyalty";
import { makeWorld } from "./demo/world";

/**
 * What was made once and cannot be read from the database again: keys and a password are stored
 * hashed.
 */
type Kept = {
  merchant: string;
  program: string;
  email: string;
  password: string;
  secretKey: string;
  testKey: string;
  publishableKey: string;
  customer: { id: string; email: string; name: string };
  inviteCode: string;
};

const SLUG = "bergamot-and-rye";

/** Makes the demo merchant if there is none; says how to enter by each door. */
export const seed: Seed = async ({ baseUrl, dataDir }) => {
  const file = path.join(dataDir, "demo.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept) : null;
  if (kept && (await merchantBySlug(kept.merchant))) return factsOf(kept, baseUrl);
  const made = await makeDemo();
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return factsOf(made, baseUrl);
};

async function makeDemo(): Promise<Kept> {
  console.log("Seeding a demo shop with two years of invented history …");
  const suffix = (await merchantBySlug(SLUG)) ? ` ${randomCharacters(4)}` : "";
  const email = `nora${suffix.trim()}@example.com`;
  const password = `tea-${randomCharacters(10)}`;
  const { userId, slug } = await signUpMerchant({
    email,
    password,
    name: "Nora Fennimore",
    shopName: `Bergamot and Rye${suffix}`,
    currency: "USD",
    timeZone: "America/New_York",
  });
  const owner = { kind: "member", id: userId, label: "Nora Fennimore", role: "owner" } as const;
  const scope = mintScope((await merchantBySlug(slug))!, owner);
  const sandbox = mintScope((await merchantBySlug(`${slug}-test`))!, owner);
  await dress(scope);

  const world = makeWorld(systemNow());
  const program = await createProgram(scope, {
    name: "Share the pot",
    terms: demoTerms(world.programStart),
  });
  await publishProgram(scope, program.id);
  await openLoyalty(scope, program.id);
  const codes = await liveThrough(scope, program.id, world);
  await addLoyaltyActivity(scope, program.id);
  await keepPastMail(scope);

  const star = mostFriends(world.people, codes);
  return {
    merchant: slug,
    program: program.slug,
    email,
    password,
    secretKey: (await createApiKey(scope, { kind: "secret", label: "Shop backend" })).key,
    testKey: (await createApiKey(sandbox, { kind: "secret", label: "Trying things out" })).key,
    publishableKey: (await createApiKey(scope, { kind: "publishable", label: "Shop front" })).key,
    customer: { id: star.key, email: star.email, name: star.name },
    inviteCode: codes.get(star.key)!,
  };
}

async function dress(scope: Scope): Promise<void> {
  await inScope(scope, (db) =>
    db.merchant.update({
      where: { id: scope.merchantId },
      data: {
        accentColor: "#9a3412",
        shopUrl: "https://shop.example.com",
        supportEmail: "help@example.com",
        marginBp: 6200,
      },
    }),
  );
}

const COUPON_EXPIRY = { unissuedDays: null, issuedDays: 60, remindDays: 10 };

function demoTerms(start: Date): Terms {
  return {
    currency: "USD",
    rules: [
      {
        id: "advocate",
        side: "advocate",
        on: { kind: "qualified" },
        conditions: ALWAYS,
        benefit: { kind: "credit" },
        calculator: { kind: "fixed", amount: "10.00" },
        holdDays: 14,
        caps: [{ who: "person", per: "month", rewards: 10 }],
        expiry: { unissuedDays: null, issuedDays: 365, remindDays: 30 },
      },
      {
        id: "friend-percent",
        side: "friend",
        on: { kind: "join" },
        conditions: ALWAYS,
        arm: "percent",
        benefit: { kind: "percent_off", percentBp: 1500, unitCost: "5.00" },
        calculator: { kind: "none" },
        holdDays: 0,
        expiry: COUPON_EXPIRY,
      },
      {
        id: "friend-amount",
        side: "friend",
        on: { kind: "join" },
        conditions: ALWAYS,
        arm: "amount",
        benefit: { kind: "amount_off" },
        calculator: { kind: "fixed", amount: "5.00" },
        holdDays: 0,
        expiry: COUPON_EXPIRY,
      },
      ...DEMO_LOYALTY_RULES,
    ],
    experiment: DEMO_EXPERIMENT,
    nominations: "merchant",
    qualification: {
      trigger: { kind: "first_purchase" },
      conditions: { all: [{ kind: "order_total", atLeast: "20.00" }] },
    },
    newCustomersOnly: true,
    windowDays: 90,
    advocateCap: 50,
    budget: { cost: "25000.00", rewards: null },
    startsAt: start.toISOString(),
    endsAt: null,
    destination: { kind: "invite" },
    termsText: {
      en: "One coupon per new customer. Credit is added 14 days after your friend's first order of $20 or more and can be used on anything in the shop.",
      sq: "Një kupon për çdo klient të ri. Krediti shtohet 14 ditë pas porosisë së parë të mikut tënd prej 20 $ ose më shumë dhe vlen për gjithçka në dyqan.",
      zh: "每位新顾客限用一张优惠券。好友首次下单满 20 美元 14 天后，余额即会到账，可用于店内任何商品。",
    },
  };
}

/** Mail about things long past is kept to be read, never sent. */
async function keepPastMail(scope: Scope): Promise<void> {
  await inScope(scope, (db) =>
    db.message.updateMany({
      where: { merchantId: scope.merchantId, state: "queued" },
      data: { state: "kept" },
    }),
  );
}

function mostFriends(people: ReturnType<typeof makeWorld>["people"], codes: Map<string, string>) {
  const friends = (key: string) =>
    people.filter((person) => person.invitedBy?.key === key && person.invitedBy.claimedAt).length;
  return people
    .filter((person) => codes.has(person.key))
    .reduce((best, one) => (friends(one.key) > friends(best.key) ? one : best));
}

async function factsOf(kept: Kept, baseUrl: string): Promise<DemoFacts> {
  // The way a merchant's own backend lets its customers in: a token signed with its secret key,
  // good for a day.
  const token = await new SignJWT({ email: kept.customer.email, name: kept.customer.name })
    .setProtectedHeader({ alg: "HS256", kid: keyIdOf(kept.secretKey)! })
    .setSubject(kept.customer.id)
    .setIssuedAt()
    .setExpirationTime("24h")
    .sign(tokenKeyOf(kept.secretKey));
  return {
    admin: { email: kept.email, password: kept.password },
    merchant: kept.merchant,
    program: kept.program,
    secretKey: kept.secretKey,
    testKey: kept.testKey,
    publishableKey: kept.publishableKey,
    customer: {
      email: kept.customer.email,
      signInUrl: `${baseUrl}/refer/${kept.program}?token=${token}`,
    },
    inviteUrl: `${baseUrl}/i/${kept.inviteCode}`,
  };
}
