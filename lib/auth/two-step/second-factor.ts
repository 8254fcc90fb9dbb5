import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { seal, unseal } from "@/lib/core/sealing";
import { MINUTE_MS, systemNow } from "@/lib/core/time";
import { endSessionsOf } from "../session/member-session";
import { newAppSecret, stepOfCode } from "./app-code";
import { hashRecoveryCode, newRecoveryCodes, type TypedCode } from "./typed-code";

/** How long an app may be set up by a secret before another one has to be made. */
const SET_UP_MS = 30 * MINUTE_MS;

/** How far a user is with their second factor. */
export type SecondFactor =
  | { state: "off" }
  | { state: "begun"; secret: Uint8Array }
  | { state: "on"; recoveryCodes: number };

export async function secondFactorOf(userId: string): Promise<SecondFactor> {
  const db = prismaFor("goodword_app");
  const factor = await db.secondFactor.findUnique({ where: { userId } });
  if (!factor) return { state: "off" };
  if (factor.confirmedAt !== null)
    return { state: "on", recoveryCodes: await db.recoveryCode.count({ where: { userId } }) };
  const secret = isFresh(factor) ? unseal(factor.secret, purposeOf(userId)) : null;
  return secret ? { state: "begun", secret } : { state: "off" };
}

/** Whether a code is asked of this user at each sign-in. */
export async function hasSecondFactor(userId: string): Promise<boolean> {
  const factor = await prismaFor("goodword_app").secondFactor.findUnique({
    where: { userId, confirmedAt: { not: null } },
    select: { userId: true },
  });
  return factor !== null;
}

/**
 * Makes a secret for the user's app; nothing is asked of them before they have confirmed it.
 * @throws DomainError conflict for who has a second factor
 */
export async function beginSecondFactor(userId: string): Promise<void> {
  const fresh = { secret: seal(newAppSecret(), purposeOf(userId)), createdAt: systemNow() };
  await prismaFor("goodword_app").$transaction(async (db) => {
    const begun = { userId, confirmedAt: null };
    const { count } = await db.secondFactor.updateMany({ where: begun, data: fresh });
    if (count > 0) return;
    const made = await db.secondFactor.createMany({
      data: { userId, ...fresh },
      skipDuplicates: true,
    });
    if (made.count === 0) throw new DomainError("conflict", "Two-step sign-in is already on.");
  });
}

/** What ends all sessions from before: sign in again with this epoch. */
type Changed = { epoch: number };

/**
 * Turns two-step sign-in on, by a first code. It ends the user's sessions.
 * @returns the recovery codes, to be shown once
 * @throws DomainError invalid_request for a wrong code, conflict where nothing was begun
 */
export async function confirmSecondFactor(
  userId: string,
  code: string,
): Promise<Changed & { codes: string[] }> {
  const now = systemNow();
  return prismaFor("goodword_app").$transaction(async (db) => {
    const factor = await db.secondFactor.findUnique({ where: { userId, confirmedAt: null } });
    const secret = factor && isFresh(factor) ? unseal(factor.secret, purposeOf(userId)) : null;
    if (!factor || !secret)
      throw new DomainError("conflict", "Start again: this took too long, or was done elsewhere.");
    const lastStep = stepOfCode(secret, code, now.getTime());
    if (lastStep === null)
      throw new DomainError("invalid_request", "This is not the code. Try the next one.", "code");
    const { count } = await db.secondFactor.updateMany({
      where: { userId, confirmedAt: null, secret: factor.secret },
      data: { confirmedAt: now, lastStep },
    });
    if (count === 0) throw new DomainError("conflict", "This was done elsewhere. Reload the page.");
    const codes = await makeRecoveryCodes(db, userId);
    return { codes, epoch: await endSessionsOf(db, userId) };
  });
}

/**
 * Replaces the recovery codes. It ends the user's sessions.
 * @returns the new ones, to be shown once
 */
export async function remakeRecoveryCodes(userId: string): Promise<Changed & { codes: string[] }> {
  return prismaFor("goodword_app").$transaction(async (db) => {
    const on = { userId, confirmedAt: { not: null } };
    // Locks the row: two at once would leave twenty codes.
    const { count } = await db.secondFactor.updateMany({
      where: on,
      data: { lastStep: { increment: 0 } },
    });
    if (count === 0) throw isOff();
    const codes = await makeRecoveryCodes(db, userId);
    return { codes, epoch: await endSessionsOf(db, userId) };
  });
}

/**
 * Turns two-step sign-in off. It ends the user's sessions.
 * @throws DomainError conflict where it is off
 */
export async function turnOffSecondFactor(userId: string): Promise<Changed> {
  return prismaFor("goodword_app").$transaction(async (db) => {
    const ended = await endSecondFactor(db, userId);
    if (!ended) throw isOff();
    return ended;
  });
}

/** The same as a step of something greater. @returns null where it was off */
export async function endSecondFactor(db: Db, userId: string): Promise<Changed | null> {
  const { count } = await db.secondFactor.deleteMany({ where: { userId } });
  await db.recoveryCode.deleteMany({ where: { userId } });
  return count === 0 ? null : { epoch: await endSessionsOf(db, userId) };
}

/**
 * Uses a code up: of two requests with the same one, one succeeds, and a code of the app makes
 * those before it worthless too.
 * @returns whether it was right
 */
export async function spendCode(userId: string, { kind, code }: TypedCode): Promise<boolean> {
  const db = prismaFor("goodword_app");
  if (kind === "recovery") {
    const codeHash = hashRecoveryCode(userId, code);
    return (await db.recoveryCode.deleteMany({ where: { userId, codeHash } })).count === 1;
  }
  const on = { userId, confirmedAt: { not: null } };
  const factor = await db.secondFactor.findUnique({ where: on });
  const secret = factor ? unseal(factor.secret, purposeOf(userId)) : null;
  const step = secret ? stepOfCode(secret, code, systemNow().getTime()) : null;
  if (!factor || step === null) return false;
  const spent = await db.secondFactor.updateMany({
    where: { ...on, secret: factor.secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return spent.count === 1;
}

async function makeRecoveryCodes(db: Db, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: hashRecoveryCode(userId, code) })),
  });
  return codes;
}

function isOff(): DomainError {
  return new DomainError("conflict", "Two-step sign-in is off.");
}

function isFresh({ createdAt }: { createdAt: Date }): boolean {
  return systemNow().getTime() - createdAt.getTime() < SET_UP_MS;
}

function purposeOf(userId: string): string {
  return `second factor ${userId}`;
}
