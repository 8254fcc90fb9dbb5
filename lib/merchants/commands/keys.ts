import type { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { makeKey } from "../rules/api-key";
import type { createKeySchema, revokeKeySchema } from "../schema";
import { inScope, requirePermission, type Scope } from "../scope";

/**
 * Creates an API key; in a sandbox, a test key that reaches the sandbox only.
 * @returns the key in plain text, which is never shown again
 */
export async function createApiKey(
  scope: Scope,
  input: z.output<typeof createKeySchema>,
): Promise<{ id: string; key: string }> {
  requirePermission(scope, "keys.manage");
  const { id, plain, hash, hint, tokenKey } = makeKey(input.kind, scope.isSandbox);
  await inScope(scope, async (tx) => {
    await tx.db.apiKey.create({
      data: {
        merchantId: tx.merchantId,
        id,
        kind: input.kind,
        label: input.label,
        hint,
        hash,
        tokenKey,
        createdBy: tx.actor.label,
        createdAt: systemNow(),
      },
    });
    await recordAudit(tx, {
      action: "key.create",
      subjectType: "key",
      subjectId: id,
      summary: `Made the ${input.kind} key “${input.label}”`,
    });
  });
  return { id, key: plain };
}

/** Revokes a key, and with it the customer tokens it signed. @throws DomainError not_found */
export async function revokeApiKey(
  scope: Scope,
  input: z.output<typeof revokeKeySchema>,
): Promise<void> {
  requirePermission(scope, "keys.manage");
  await inScope(scope, async (tx) => {
    const where = { merchantId: tx.merchantId, id: input.keyId, revokedAt: null };
    const key = await tx.db.apiKey.findFirst({ where });
    if (!key) throw notFound("key");
    await tx.db.apiKey.updateMany({ where, data: { revokedAt: systemNow() } });
    await recordAudit(tx, {
      action: "key.revoke",
      subjectType: "key",
      subjectId: key.id,
      summary: `Revoked the key “${key.label}”`,
    });
  });
}
