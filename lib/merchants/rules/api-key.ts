import { createHash, createHmac } from "node:crypto";
import { prismaFor } from "@/lib/core/db";
import { newId, randomCharacters } from "@/lib/core/id";
import { MINUTE_MS, systemNow } from "@/lib/core/time";
import { seal, unseal } from "@/lib/core/sealing";
import type { KeyKind } from "../schema";
import { inScope, mintScope, SCOPE_COLUMNS, type Scope } from "../scope";

/**
 * API keys: `gw_live_<id>_<secret>`. The id part names the key (`key_<id>`), so a merchant's
 * backend can say which key signed a token without another setting. The secret part has 200 random
 * bits, so storing its plain SHA-256 is safe.
 */
const PREFIX = {
  secret: { live: "gw_live_", test: "gw_test_" },
  publishable: { live: "gw_pub_", test: "gw_pub_test_" },
} as const satisfies Record<KeyKind, { live: string; test: string }>;

const SECRET_CHARACTERS = 40;
const SHAPE = /^gw_(?:live_|test_|pub_|pub_test_)([0-9a-hjkmnp-tv-z]{26})_[0-9a-hjkmnp-tv-z]{40}$/;

/**
 * The message that a merchant's backend signs with HMAC-SHA256 under its secret key to derive the
 * key for customer tokens.
 */
const TOKEN_KEY_LABEL = "goodword customer token";

/** Makes a new key: the plain text to show once, and what is stored of it. */
export function makeKey(kind: KeyKind, isSandbox: boolean) {
  const id = newId("key");
  const secret = randomCharacters(SECRET_CHARACTERS);
  const prefix = PREFIX[kind][isSandbox ? "test" : "live"];
  const plain = `${prefix}${id.slice("key_".length)}_${secret}`;
  return {
    id,
    plain,
    hash: hashKey(plain),
    hint: `${prefix}…${secret.slice(-4)}`,
    tokenKey: kind === "secret" ? seal(tokenKeyOf(plain), tokenKeyPurpose(id)) : null,
  };
}

/** SHA-256 of a key in hex: the only form in which it is stored and looked up. */
export function hashKey(plain: string): string {
  return createHash("sha256").update(plain, "utf8").digest("hex");
}

/** True for text in the form of a key; for anything else a look-up is pointless. */
export function looksLikeKey(text: string): boolean {
  return SHAPE.test(text);
}

/** The id of a plain key, "key_…": the `kid` of tokens signed with it. Null if it is no key. */
export function keyIdOf(plain: string): string | null {
  const id = SHAPE.exec(plain)?.[1];
  return id ? `key_${id}` : null;
}

/** The key that signs customer tokens, as the merchant's backend derives it from its secret key. */
export function tokenKeyOf(plain: string): Uint8Array {
  return createHmac("sha256", plain).update(TOKEN_KEY_LABEL).digest();
}

/** Unseals the token key of an API key; null if it was sealed for another. */
export function openTokenKey(sealed: string, keyId: string): Uint8Array | null {
  return unseal(sealed, tokenKeyPurpose(keyId));
}

function tokenKeyPurpose(keyId: string): string {
  return `token key ${keyId}`;
}

/** The scope of whoever holds this key; null for an unknown, revoked or malformed one. */
export async function scopeOfKey(plain: string): Promise<Scope | null> {
  if (!looksLikeKey(plain)) return null;
  const key = await prismaFor("goodword_gate").apiKey.findFirst({
    where: { hash: hashKey(plain), revokedAt: null },
    select: {
      id: true,
      kind: true,
      label: true,
      lastUsedAt: true,
      merchant: { select: SCOPE_COLUMNS },
    },
  });
  if (!key) return null;
  const kind = key.kind === "secret" ? "secret" : "publishable";
  const scope = mintScope(key.merchant, { kind: "key", id: key.id, label: key.label, key: kind });
  await touchKey(scope, key.id, key.lastUsedAt);
  return scope;
}

/**
 * Records when a key was last used, at most once a minute: a busy key must not write per request.
 */
export async function touchKey(
  scope: Scope,
  keyId: string,
  lastUsedAt: Date | null,
): Promise<void> {
  const now = systemNow();
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < MINUTE_MS) return;
  await inScope(scope, ({ db }) =>
    db.apiKey.updateMany({
      where: { merchantId: scope.merchantId, id: keyId },
      data: { lastUsedAt: now },
    }),
  );
}
