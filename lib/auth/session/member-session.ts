import { cookieName } from "@/lib/core/address";
import { headers } from "next/headers";
import { type Db, prismaFor } from "@/lib/core/db";
import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { systemNow } from "@/lib/core/time";
import { browserName } from "./browser-name";
import { passwordHashOf } from "../sign-in/password-hash";
import { rememberDevice } from "./known-device";
import { deleteCookie, readSealedCookie, setSealedCookie } from "./cookies";
import {
  MEMBER_IDLE_SECONDS,
  MEMBER_SESSION_SECONDS,
  openMemberSession,
  SEEN_EVERY_SECONDS,
} from "./open-session";

/** NextAuth reads and writes this cookie too, without a salt. */
const SALT = "";

export function memberCookie(): string {
  return cookieName("gw_member");
}

export type SessionUser = { id: string; email: string; name: string; hasTwoStep: boolean };
export type MemberSession = { id: string; user: SessionUser };

/** Signs a user in, in this browser, and remembers it. A session that was open in it ends. */
export async function startMemberSession(input: { userId: string; epoch: number }): Promise<void> {
  await endMemberSession();
  await setSealedCookie(memberCookie(), {
    token: await openMemberSession({ ...input, device: await currentBrowser() }),
    seconds: MEMBER_SESSION_SECONDS,
    salt: SALT,
  });
  await rememberDevice(input.userId);
}

/** What its user recognises this browser by. */
export async function currentBrowser(): Promise<string> {
  return browserName((await headers()).get("user-agent"));
}

/** Signs out in this browser: the session ends, and with it every copy of its cookie. */
export async function endMemberSession(): Promise<void> {
  const token = await readSealedCookie(memberCookie(), SALT);
  if (token) await closeMemberSession(token.sid);
  await deleteCookie(memberCookie());
}

/** Ends one session of a user; nothing happens where it has ended, or is somebody else's. */
export async function endSessionOf(userId: string, sessionId: string): Promise<void> {
  await prismaFor("goodword_app").userSession.deleteMany({ where: { id: sessionId, userId } });
}

/** Ends a session by what its cookie says of it. */
export async function closeMemberSession(sessionId: unknown): Promise<void> {
  if (typeof sessionId !== "string") return;
  await prismaFor("goodword_app").userSession.deleteMany({ where: { id: sessionId } });
}

/** Ends all sessions of a user. @returns the epoch under which new ones begin */
export async function endSessionsOf(db: Db, userId: string): Promise<number> {
  const { sessionEpoch } = await db.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  await db.userSession.deleteMany({ where: { userId } });
  return sessionEpoch;
}

/** The session of this browser; null if nobody is signed in, or no longer. */
export async function readMemberSession(): Promise<MemberSession | null> {
  const token = await readSealedCookie(memberCookie(), SALT);
  if (typeof token?.sub !== "string" || typeof token.sid !== "string") return null;
  const session = await prismaFor("goodword_app").userSession.findUnique({
    where: { id: token.sid, userId: token.sub, ...inForce() },
    select: {
      epoch: true,
      seenAt: true,
      user: {
        select: {
          id: true,
          email: true,
          name: true,
          sessionEpoch: true,
          secondFactor: { select: { confirmedAt: true } },
        },
      },
    },
  });
  if (!session || session.epoch !== session.user.sessionEpoch) return null;
  await noteSeen(token.sid, session.seenAt);
  const { id, email, name, secondFactor } = session.user;
  const hasTwoStep = secondFactor !== null && secondFactor.confirmedAt !== null;
  return { id: token.sid, user: { id, email, name, hasTwoStep } };
}

/** What a session must be to be good, besides that its user's epoch was not raised. */
function inForce() {
  const now = systemNow();
  const rested = new Date(now.getTime() - MEMBER_IDLE_SECONDS * 1000);
  return { expiresAt: { gt: now }, seenAt: { gt: rested } };
}

/** Not at each request: whether a session rests is asked in days. */
async function noteSeen(id: string, seenAt: Date): Promise<void> {
  const now = systemNow();
  if (now.getTime() - seenAt.getTime() < SEEN_EVERY_SECONDS * 1000) return;
  await prismaFor("goodword_app").userSession.updateMany({ where: { id }, data: { seenAt: now } });
}

/** A browser in which the user is signed in. */
type OpenSession = { id: string; device: string; since: Date; seenAt: Date };

/** What the account page shows of a user; the sessions that were used last first. */
export type Account = {
  /** The language of emails to them. */
  locale: Locale;
  hasPassword: boolean;
  isEmailProven: boolean;
  sessions: OpenSession[];
};

/** @throws when there is no such user */
export async function accountOf(userId: string): Promise<Account> {
  const db = prismaFor("goodword_app");
  const user = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { locale: true, sessionEpoch: true, emailProvenAt: true },
  });
  const sessions = await db.userSession.findMany({
    where: { userId, epoch: user.sessionEpoch, ...inForce() },
    orderBy: [{ seenAt: "desc" }, { id: "asc" }],
  });
  return {
    locale: asLocale(user.locale),
    hasPassword: (await passwordHashOf(userId)) !== null,
    isEmailProven: user.emailProvenAt !== null,
    sessions: sessions.map(({ id, device, createdAt, seenAt }) => ({
      id,
      device,
      since: createdAt,
      seenAt,
    })),
  };
}
