import type { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { recordAudit } from "./record-audit";
import { makeKey } from "../rules/api-key";
import type { createKeySchema, revokeKeySchema } from "../schema";
import { inScope, requirePermission, type Scope, type Tx } from "../scope";
import { inSandboxOf } from "./in-sandbox";

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
    // Whoever is taken off the team meanwhile leaves no key behind.
    await tx.lock.alone("team");
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
        createdById: tx.actor.kind === "member" ? tx.actor.id : null,
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

/**
 * Revokes the keys that a member made, here and in test mode: a part of what ends with their right
 * to manage keys.
 * @param name of the member, for the audit log
 */
export async function revokeKeysOf(tx: Tx, userId: string, name: string): Promise<void> {
  await revokeOwn(tx, userId, name);
  await inSandboxOf(tx, async (sandbox) => {
    await sandbox.lock.alone("team");
    await revokeOwn(sandbox, userId, name);
  });
}

async function revokeOwn(tx: Tx, userId: string, name: string): Promise<void> {
  const { merchantId } = tx;
  const revoked = await tx.db.apiKey.updateManyAndReturn({
    where: { merchantId, createdById: userId, revokedAt: null },
    data: { revokedAt: systemNow() },
    select: { id: true, label: true },
  });
  for (const { id, label } of revoked)
    await recordAudit(tx, {
      action: "key.revoke",
      subjectType: "key",
      subjectId: id,
      summary: `Revoked the key “${label}” that ${name} made`,
    });
}
