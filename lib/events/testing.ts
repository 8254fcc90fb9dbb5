import type { Db } from "@/lib/core/db";
import { newId, randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { makeKey } from "@/lib/merchants/rules/api-key";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { HotRequest } from "./hot-path/http";

/** For tests and the bench only: what the hot paths need, made straight in the tables. */

/** A new API key of the scope's merchant, in plain. */
export async function createTestKey(
  scope: Scope,
  kind: "secret" | "publishable" = "secret",
): Promise<string> {
  const { plain, id, hash, hint, tokenKey } = makeKey(kind, scope.isSandbox);
  await inScope(scope, ({ db }) =>
    db.apiKey.create({
      data: {
        merchantId: scope.merchantId,
        id,
        kind,
        label: "Test",
        hint,
        hash,
        tokenKey,
        createdBy: "test",
        createdAt: systemNow(),
        lastUsedAt: systemNow(),
      },
    }),
  );
  return plain;
}

export type TestProgram = {
  state?: "draft" | "live" | "paused" | "ended";
  startsAt?: string | null;
  endsAt?: string | null;
  destination?: { kind: "invite" } | { kind: "shop"; url: string };
  windowDays?: number;
  /** How many advocates, one code each. */
  links?: number;
};

/** A program with published terms (only those that a click reads) and its share codes. */
export async function createTestLinks(
  scope: Scope,
  { links = 1, ...program }: TestProgram = {},
): Promise<{ programId: string; codes: string[]; advocateIds: string[] }> {
  const { merchantId } = scope;
  const programId = newId("prg");
  const at = systemNow();
  const people = Array.from({ length: links }, () => ({
    customerId: newId("cus"),
    advocateId: newId("adv"),
    code: `T-${randomCharacters(8).toUpperCase()}`,
  }));
  await inScope(scope, async ({ db }) => {
    await insertProgram(db, { merchantId, programId, at }, program);
    await db.customer.createMany({
      data: people.map(({ customerId }) => ({
        merchantId,
        id: customerId,
        traits: {},
        createdAt: at,
        firstSeenAt: at,
      })),
    });
    await db.advocate.createMany({
      data: people.map(({ customerId, advocateId }) => ({
        merchantId,
        id: advocateId,
        programId,
        customerId,
        joinedAt: at,
      })),
    });
    await db.shareCode.createMany({
      data: people.map(({ code, advocateId }) => ({
        merchantId,
        code,
        programId,
        advocateId,
        createdAt: at,
      })),
    });
  });
  return {
    programId,
    codes: people.map(({ code }) => code),
    advocateIds: people.map(({ advocateId }) => advocateId),
  };
}

async function insertProgram(
  db: Db,
  { merchantId, programId, at }: { merchantId: string; programId: string; at: Date },
  {
    state = "live",
    startsAt = null,
    endsAt = null,
    destination = { kind: "invite" },
    windowDays = 30,
  }: Omit<TestProgram, "links">,
): Promise<void> {
  // As long as real terms: small print in three languages is what makes the row large.
  const smallPrint = "One reward for each friend. ".repeat(60);
  const termsText = { en: smallPrint, sq: smallPrint, zh: smallPrint };
  await db.program.create({
    data: {
      merchantId,
      id: programId,
      slug: `p-${programId.slice(-12)}`,
      name: "Test program",
      state,
      draft: {},
      currentVersion: state === "draft" ? null : 1,
      createdAt: at,
      updatedAt: at,
    },
  });
  await db.programVersion.create({
    data: {
      merchantId,
      programId,
      version: 1,
      publishedAt: at,
      publishedBy: "test",
      terms: { startsAt, endsAt, destination, windowDays, termsText },
    },
  });
}

/** A person's browser. */
export const BROWSER =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 " +
  "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

/** `POST /api/v1/events` with a body as JSON, or as it is when it is text or bytes. */
export function eventsRequest(
  key: string | null,
  body: unknown,
  headers: Record<string, string> = {},
): HotRequest {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return {
    method: "POST",
    path: "/api/v1/events",
    query: new URLSearchParams(),
    body: bytes,
    ip: "192.0.2.1",
    headers: {
      "content-type": "application/json",
      ...(key && { authorization: `Bearer ${key}` }),
      ...headers,
    },
  };
}

/** `GET /r/CODE` by a person's browser. */
export function clickRequest(
  code: string,
  headers: Record<string, string> = {},
  query = "",
): HotRequest {
  return {
    method: "GET",
    path: `/r/${code}`,
    query: new URLSearchParams(query),
    ip: "192.0.2.1",
    headers: { "user-agent": BROWSER, ...headers },
  };
}
