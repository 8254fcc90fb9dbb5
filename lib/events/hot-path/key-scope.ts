import { looksLikeKey, scopeOfKey } from "@/lib/merchants/rules/api-key";
import type { Scope } from "@/lib/merchants/scope";

/** A revoked key works no longer than this. */
const TTL_MS = 2_000;
const MAX_KEPT = 1_000;

type Kept = { scope: Promise<Scope | null>; until: number };

const kept = new Map<string, Kept>();

/**
 * The scope of an API key, remembered for two seconds so that a busy key costs no look-up per
 * request. Test keys are always looked up: their merchant's clock may have been moved a moment ago.
 * Unknown keys are not remembered.
 */
export async function keyScope(plain: string, nowMs: number): Promise<Scope | null> {
  if (!looksLikeKey(plain)) return null;
  if (plain.includes("_test_")) return scopeOfKey(plain);
  const known = kept.get(plain);
  if (known && known.until > nowMs) return known.scope;
  if (kept.size >= MAX_KEPT) kept.clear();
  const scope = scopeOfKey(plain);
  kept.set(plain, { scope, until: nowMs + TTL_MS });
  try {
    const found = await scope;
    if (!found) kept.delete(plain);
    return found;
  } catch (error) {
    kept.delete(plain);
    throw error;
  }
}
