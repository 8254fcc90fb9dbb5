import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SignJWT } from "jose";
import { inScope, mintScope, type Scope } from "@/lib/merchants/scope";
import { randomCharacters } from "@/lib/core/id";
import { DAY_MS, systemNow, turnClock } from "@/lib/core/time";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { merchantBySlug } from "@/lib/merchants/queries/directory";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import type { DemoFacts, Seed } from "@/lib/operations/seeding";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { type Known, momentsOf } from "./demo/live";
import { leaveTasks, loyaltyMoments } from "./demo/loyalty-activity";
import { openCampaign, openHarvestSeason, openLoyalty } from "./demo/loyalty-offers";
import { letHappen, type Moment } from "./demo/moments";
import { payoutMoments } from "./demo/payouts";
import { reviewMoments } from "./demo/reviews";
import { demoTerms } from "./demo/terms";
import { type DemoWorld, makeWorld } from "./demo/world";

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
  const now = systemNow();
  const world = makeWorld(now);
  const suffix = (await merchantBySlug(SLUG)) ? ` ${randomCharacters(4)}` : "";
  const email = `nora${suffix.trim()}@example.com`;
  const password = `tea-${randomCharacters(10)}`;
  try {
    turnClock(world.start);
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
    await brandShop(scope);
    const { known, program } = await liveThrough(scope, world, now);
    turnClock(null);

    const star = mostFriends(world.people, known.codes);
    return {
      merchant: slug,
      program,
      email,
      password,
      secretKey: (await createApiKey(scope, { kind: "secret", label: "Shop backend" })).key,
      testKey: (await createApiKey(sandbox, { kind: "secret", label: "Trying things out" })).key,
      publishableKey: (await createApiKey(scope, { kind: "publishable", label: "Shop front" })).key,
      customer: { id: star.key, email: star.email, name: star.name },
      inviteCode: known.codes.get(star.key)!,
    };
  } finally {
    turnClock(null);
  }
}

/** Two years, day by day: the program opens in the second one. @returns the program's slug */
async function liveThrough(scope: Scope, world: DemoWorld, now: Date) {
  const known: Known = {
    programId: "",
    codes: new Map(),
    advocates: new Map(),
    clickIds: new Map(),
  };
  let slug = "";
  const openedAt = new Date(world.programStart.getTime() - DAY_MS);
  const openProgram = async () => {
    const program = await createProgram(scope, {
      name: "Share the pot",
      terms: demoTerms(world.programStart),
    });
    await publishProgram(scope, program.id);
    await openLoyalty(scope, program.id);
    known.programId = program.id;
    slug = program.slug;
  };
  const shop: Moment[] = [
    { at: openedAt, happen: openProgram },
    {
      at: new Date(now.getTime() - 75 * DAY_MS),
      happen: () => openHarvestSeason(scope, known.programId),
    },
    ...payoutMoments(scope, () => known.programId, now),
    ...reviewMoments(world.people, known, now),
    ...loyaltyMoments(scope, () => known.programId, { opened: openedAt, now }),
  ];
  await letHappen(scope, [...shop, ...momentsOf(scope, world, known)], {
    dueFrom: openedAt,
    until: now,
  });
  await openCampaign(scope);
  await leaveTasks(scope, known.programId);
  await keepPastEmails(scope);
  return { known, program: slug };
}

async function brandShop(scope: Scope): Promise<void> {
  await inScope(scope, ({ db }) =>
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

/** Emails about things long past are kept to be read, never sent. */
async function keepPastEmails(scope: Scope): Promise<void> {
  await inScope(scope, ({ db }) =>
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
