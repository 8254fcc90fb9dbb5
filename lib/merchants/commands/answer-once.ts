import { hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DomainError } from "@/lib/core/errors";
import { DAY_MS, systemNow } from "@/lib/core/time";
import { inScope, type Scope, type Tx } from "../scope";

/** How long an answer is kept for the same request. */
const KEPT_MS = DAY_MS;
/** How long a second request waits for the first; it looks again after twice as long each time. */
const PATIENCE_MS = 20_000;
const FIRST_LOOK_MS = 25;
const LONGEST_LOOK_MS = 500;
const MAX_KEY_LENGTH = 255;

/** What a request of the API was answered. */
export type ApiAnswer = { status: number; body: string };

/** A request that says under which key it counts once: `text` holds all that it asks for. */
export type OnceRequest = { key: string; text: string };

/**
 * The `Idempotency-Key` of a request; null without one.
 * @throws DomainError invalid_request for one that is empty, too long or not plain text
 */
export function readIdempotencyKey(header: string | null | undefined): string | null {
  if (header === null || header === undefined) return null;
  const key = header.trim();
  if (key.length <= MAX_KEY_LENGTH && /^[\x20-\x7e]+$/.test(key)) return key;
  throw new DomainError(
    "invalid_request",
    `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} plain characters.`,
    "Idempotency-Key",
  );
}

/**
 * Answers a request once for its key: what was done is kept with its answer for 24 hours, in the
 * transaction that does it, and the same request gets the same answer. Of several at once, one is
 * done and the others wait for it. A refusal changed nothing and is not kept.
 *
 * A key counts for all secret keys of the shop, so that a new one may repeat what an old one sent;
 * a publishable key, which anybody can read, has its keys apart.
 * @param work does the request; in the scope it is given, its writes commit with the answer
 * @throws DomainError idempotency_conflict for another request under the key; conflict while the
 * first one takes too long; and what `work` throws
 */
export async function answerOnce(
  scope: Scope,
  request: OnceRequest,
  work: (scope: Scope) => Promise<ApiAnswer>,
): Promise<ApiAnswer & { isRepeat: boolean }> {
  const until = systemNow().getTime() + PATIENCE_MS;
  for (let look = 0; ; look += 1) {
    const answer = await inScope(scope, (tx) => attempt(tx, request, work));
    if (answer) return answer;
    if (systemNow().getTime() > until) {
      const message = "A request with this Idempotency-Key is still being answered. Try again.";
      throw new DomainError("conflict", message, "Idempotency-Key");
    }
    await sleep(Math.min(FIRST_LOOK_MS * 2 ** look, LONGEST_LOOK_MS));
  }
}

/** @returns null while another process is at it: nobody waits with a connection in hand */
async function attempt(
  tx: Tx,
  { key, text }: OnceRequest,
  work: (scope: Scope) => Promise<ApiAnswer>,
): Promise<(ApiAnswer & { isRepeat: boolean }) | null> {
  const { db, merchantId, actor } = tx;
  const sender = actor.kind === "key" && actor.key === "publishable" ? actor.id : "secret";
  const lock = `answer ${merchantId} ${sender} ${key}`;
  const [{ locked }] = await db.$queryRaw<[{ locked: boolean }]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${lock}, 0)) AS locked`;
  if (!locked) return null;
  const id = { merchantId, sender, key };
  const requestHash = hash("sha256", text, "hex");
  const kept = await db.apiAnswer.findUnique({ where: { merchantId_sender_key: id } });
  if (kept && kept.createdAt.getTime() > systemNow().getTime() - KEPT_MS) {
    if (kept.requestHash === requestHash)
      return { status: kept.status, body: kept.body, isRepeat: true };
    throw new DomainError(
      "idempotency_conflict",
      "This Idempotency-Key was used for another request.",
      "Idempotency-Key",
    );
  }
  const { status, body } = await work(tx);
  if (status < 300) {
    const row = { requestHash, status, body, createdAt: systemNow() };
    await db.apiAnswer.upsert({
      where: { merchantId_sender_key: id },
      create: { ...id, ...row },
      update: row,
    });
  }
  return { status, body, isRepeat: false };
}

/** The header of an answer that was given before. */
export function repeatHeaders(isRepeat: boolean): Record<string, string> {
  return isRepeat ? { "idempotent-replayed": "true" } : {};
}

/** Deletes a merchant's answers that nobody gets any more. @returns how many */
export async function forgetAnswers(scope: Scope): Promise<number> {
  const before = new Date(systemNow().getTime() - KEPT_MS);
  const { count } = await inScope(scope, ({ db, merchantId }) =>
    db.apiAnswer.deleteMany({ where: { merchantId, createdAt: { lt: before } } }),
  );
  return count;
}
