import { createHash } from "node:crypto";
import { decodeProtectedHeader, errors, jwtVerify } from "jose";
import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { idSchema } from "@/lib/core/values/own-id";
import { systemNow } from "@/lib/core/time";
import { openTokenKey, touchKey } from "@/lib/merchants/rules/api-key";
import { emailSchema } from "@/lib/core/values/email";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";

/** The longest lifetime of a token. Whoever holds it can sign in as the customer for that long. */
const MAX_LIFE_SECONDS = 24 * 60 * 60;
/** How far the clock of the merchant's server may differ from ours. */
const TOLERANCE_SECONDS = 60;

const claimsSchema = z.object({
  sub: z.string("“sub” must be your customer’s id.").pipe(idSchema),
  email: emailSchema,
  name: z.string().trim().min(1).max(200).optional(),
  locale: z.string().max(35).optional(),
  iat: z.number("“iat” is missing.").int(),
  exp: z.number("“exp” is missing.").int(),
  jti: z.string("“jti” must be text.").min(1).max(200).optional(),
});

export type MerchantToken = {
  externalId: string;
  email: string;
  name: string | null;
  locale: string | null;
  keyId: string;
  /** By what it is remembered once it was used, and until when. */
  spent: { id: string; expiresAt: Date };
  /** Its actor is the key that signed. */
  scope: Scope;
};

/**
 * Verifies a token by which the merchant's backend signs a customer in: a JWT, HS256 only. Its
 * `kid` is the id of a secret API key of this merchant that is not revoked, and it is signed with
 * HMAC-SHA256(secret key, "goodword customer token").
 * @throws DomainError unauthenticated, saying what is wrong to the developer who reads it
 */
export async function verifyMerchantToken(
  token: string,
  { merchantId }: { merchantId: string },
): Promise<MerchantToken> {
  const keyId = keyIdIn(token);
  const shop = await systemScope(merchantId);
  const row = await inScope(shop, ({ db }) =>
    db.apiKey.findFirst({
      where: { merchantId, id: keyId, kind: "secret", revokedAt: null },
      select: { id: true, label: true, lastUsedAt: true, tokenKey: true },
    }),
  );
  const key = row?.tokenKey ? openTokenKey(row.tokenKey, row.id) : null;
  if (!row || !key) throw refusal("“kid” names no secret key of this shop that is in force.");
  const claims = claimsSchema.safeParse(await payloadOf(token, key));
  if (!claims.success) throw refusal(claims.error.issues[0]?.message ?? "A claim is missing.");
  const { sub, email, name, locale, iat, exp, jti } = claims.data;
  const now = Math.floor(systemNow().getTime() / 1000);
  if (exp <= iat || exp - iat > MAX_LIFE_SECONDS)
    throw refusal("It may be valid for at most 24 hours.");
  if (iat > now + TOLERANCE_SECONDS) throw refusal("It was issued in the future.");
  const scope: Scope = {
    ...shop,
    actor: { kind: "key", id: row.id, label: row.label, key: "secret" },
  };
  await touchKey(scope, row.id, row.lastUsedAt);
  return {
    externalId: sub,
    email,
    name: name ?? null,
    locale: locale ?? null,
    keyId: row.id,
    spent: {
      id: createHash("sha256")
        .update(jti === undefined ? token : JSON.stringify([row.id, jti]))
        .digest("hex"),
      expiresAt: new Date((exp + TOLERANCE_SECONDS) * 1000),
    },
    scope,
  };
}

/**
 * Uses a token up, in the transaction of what it is good for: of two requests at once, the second
 * waits for the first.
 * @returns false when it was used before
 */
export async function spendMerchantToken(
  { db, merchantId }: Tx,
  { id, expiresAt }: MerchantToken["spent"],
): Promise<boolean> {
  // What has expired is refused for that, so it need not be remembered.
  await db.spentToken.deleteMany({ where: { merchantId, expiresAt: { lt: systemNow() } } });
  const { count } = await db.spentToken.createMany({
    data: [{ merchantId, id, expiresAt }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Whether a token was used before. */
export async function isMerchantTokenSpent(
  { db, merchantId }: Tx,
  { id }: MerchantToken["spent"],
): Promise<boolean> {
  const where = { merchantId_id: { merchantId, id } };
  return (await db.spentToken.findUnique({ where, select: { id: true } })) !== null;
}

function keyIdIn(token: string): string {
  try {
    const { kid } = decodeProtectedHeader(token);
    if (typeof kid === "string" && kid !== "") return kid;
  } catch {
    throw refusal("It is not a JWT.");
  }
  throw refusal("Its header lacks “kid”, the id of your secret key.");
}

async function payloadOf(token: string, key: Uint8Array): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["HS256"],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: systemNow(),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refusal("It has expired.");
    if (error instanceof errors.JOSEAlgNotAllowed) throw refusal("Sign it with HS256.");
    if (error instanceof errors.JOSEError) throw refusal("Its signature does not match.");
    throw error;
  }
}

function refusal(why: string): DomainError {
  return new DomainError("unauthenticated", `This sign-in token is not valid. ${why}`);
}
