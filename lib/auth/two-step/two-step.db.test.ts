import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { publicOrigin } from "@/lib/core/address";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { systemNow, turnClock } from "@/lib/core/time";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { asOwner } from "@/lib/merchants/testing";
import { currentUser } from "../member";
import { readPendingSignIn } from "../session/pending-sign-in";
import { startMemberSession } from "../session/member-session";
import { authOptions } from "../sign-in/options";
import { resetPassword, sendPasswordReset } from "../sign-in/password-reset";
import { sendSignInLink, signInByLink, signInByPassword } from "../sign-in/sign-in";
import { jar } from "../testing";
import { codeAt } from "./app-code";
import { CODE_PAGE, enter, enterWithCode } from "./enter";
import { requireFreshProof, requirePasswordIfAny } from "./fresh-proof";
import {
  beginSecondFactor,
  confirmSecondFactor,
  remakeRecoveryCodes,
  secondFactorOf,
  spendCode,
  turnOffSecondFactor,
} from "./second-factor";
import { readTypedCode } from "./typed-code";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

const password = "correct horse battery";
const HOME = "192.0.2.1";
let email: string;
let shop: SignedUp;
let userId: string;

beforeEach(async () => {
  jar.clear();
  email = `${newId("usr")}@example.com`;
  const person = { email, password, name: "Ana", shopName: "Bean", timeZone: "UTC" };
  shop = await signUpMerchant({ ...person, currency: "EUR" });
  userId = shop.userId;
});
afterEach(() => turnClock(null));
afterAll(closeConnections);

const app = () => prismaFor("goodword_app");
const later = (seconds: number) => turnClock(new Date(systemNow().getTime() + seconds * 1000));

async function begun(): Promise<Uint8Array> {
  await beginSecondFactor(userId);
  const factor = await secondFactorOf(userId);
  if (factor.state !== "begun") throw new Error(`It is ${factor.state}.`);
  return factor.secret;
}

/** Sets it up, a step ago: what its app shows now was not used yet. */
async function setUp(): Promise<{ now: () => string; codes: string[]; epoch: number }> {
  const secret = await begun();
  const now = () => codeAt(secret, systemNow().getTime());
  const confirmed = await confirmSecondFactor(userId, now());
  later(60);
  return { now, ...confirmed };
}

const spend = (text: string) => spendCode(userId, readTypedCode(text)!);
const signIn = async () =>
  enter(
    await signInByPassword({ email, password, address: HOME }),
    "/admin/bean/settings",
    "password",
  );

async function linkIn(template: string, pattern: RegExp): Promise<string> {
  const [message] = await asOwner<{ text: string }>(
    "SELECT text FROM user_message WHERE template = $1 AND recipient = $2 ORDER BY id DESC LIMIT 1",
    [template, email],
  );
  return pattern.exec(message?.text ?? "")?.[1] ?? "";
}

describe("setting up two-step sign-in", () => {
  it("asks for nothing before a first code has shown that the app has it", async () => {
    const secret = await begun();
    expect(await signIn()).toBe("/admin/bean/settings");
    await expect(confirmSecondFactor(userId, "000000")).rejects.toMatchObject({ path: "code" });
    const { codes } = await confirmSecondFactor(userId, codeAt(secret, systemNow().getTime()));
    expect(codes).toHaveLength(10);
    expect(await secondFactorOf(userId)).toEqual({ state: "on", recoveryCodes: 10 });
    expect(await signIn()).toBe(CODE_PAGE);
  });

  it("ends the sessions from before", async () => {
    await startMemberSession({ userId, epoch: 0 });
    const { epoch } = await setUp();
    expect(await currentUser()).toBeNull();
    await startMemberSession({ userId, epoch });
    expect(await currentUser()).toMatchObject({ id: userId, hasTwoStep: true });
  });

  it("keeps neither the secret nor the codes in the clear, nor for another user", async () => {
    const secret = await begun();
    const { codes } = await confirmSecondFactor(userId, codeAt(secret, systemNow().getTime()));
    const stored = JSON.stringify([
      await app().secondFactor.findUniqueOrThrow({ where: { userId } }),
      await app().recoveryCode.findMany({ where: { userId } }),
    ]);
    for (const hidden of [...codes, ...codes.map((code) => code.replaceAll("-", ""))])
      expect(stored).not.toContain(hidden);
    for (const form of ["hex", "base64", "base64url"] as const)
      expect(stored).not.toContain(Buffer.from(secret).toString(form));
    const stranger = newId("usr");
    await app().user.create({
      data: { id: stranger, email: `${stranger}@example.com`, name: "S", createdAt: new Date() },
      select: { id: true },
    });
    const { secret: sealed } = await app().secondFactor.findUniqueOrThrow({ where: { userId } });
    await app().secondFactor.create({
      data: { userId: stranger, secret: sealed, createdAt: new Date(), confirmedAt: new Date() },
    });
    const now = codeAt(secret, systemNow().getTime() + 30_000);
    expect(await spendCode(stranger, { kind: "app", code: now })).toBe(false);
  });

  it("starts again with another secret, until it is on, and not after half an hour", async () => {
    const first = await begun();
    const second = await begun();
    expect(second).not.toEqual(first);
    const stale = codeAt(first, systemNow().getTime());
    await expect(confirmSecondFactor(userId, stale)).rejects.toMatchObject({ path: "code" });
    later(31 * 60);
    expect(await secondFactorOf(userId)).toEqual({ state: "off" });
    const late = codeAt(second, systemNow().getTime());
    await expect(confirmSecondFactor(userId, late)).rejects.toMatchObject({ code: "conflict" });
    await setUp();
    await expect(beginSecondFactor(userId)).rejects.toMatchObject({ code: "conflict" });
  });

  it("needs the password of whoever has one", async () => {
    await expect(requirePasswordIfAny(userId, "a guess")).rejects.toMatchObject({
      path: "password",
    });
    await requirePasswordIfAny(userId, password);
    await app().user.updateMany({ where: { id: userId }, data: { passwordHash: null } });
    await requirePasswordIfAny(userId, "");
  });
});

describe("a code", () => {
  it("is good once, also for two requests at once, and makes older ones worthless", async () => {
    const { now } = await setUp();
    const [first, older] = [now(), now()];
    const tries = await Promise.all([spend(first), spend(first), spend(first)]);
    expect(tries.filter(Boolean)).toHaveLength(1);
    later(30);
    expect(await spend(now())).toBe(true);
    expect(await spend(older)).toBe(false);
  });

  it("that confirmed the app does not sign in as well", async () => {
    const secret = await begun();
    const code = codeAt(secret, systemNow().getTime());
    await confirmSecondFactor(userId, code);
    expect(await spend(code)).toBe(false);
  });

  it("of recovery is good once, also for two requests at once", async () => {
    const { codes } = await setUp();
    const tries = await Promise.all(Array.from({ length: 4 }, () => spend(codes[3]!)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await secondFactorOf(userId)).toEqual({ state: "on", recoveryCodes: 9 });
  });

  it("of recovery is worthless once new ones are made", async () => {
    const { codes } = await setUp();
    const [one, other] = await Promise.all([
      remakeRecoveryCodes(userId),
      remakeRecoveryCodes(userId),
    ]);
    expect(await secondFactorOf(userId)).toEqual({ state: "on", recoveryCodes: 10 });
    expect(await spend(codes[0]!)).toBe(false);
    const good = await Promise.all([spend(one.codes[0]!), spend(other.codes[0]!)]);
    expect(good.filter(Boolean)).toHaveLength(1);
  });

  it("of another user is worthless", async () => {
    const { now, codes } = await setUp();
    const stranger = newId("usr");
    expect(await spendCode(stranger, { kind: "app", code: now() })).toBe(false);
    expect(await spendCode(stranger, readTypedCode(codes[0]!)!)).toBe(false);
  });
});

describe("signing in with a second factor", () => {
  it("opens nothing before the code, then leads where it was going", async () => {
    const { now } = await setUp();
    expect(await signIn()).toBe(CODE_PAGE);
    expect(await currentUser()).toBeNull();
    await expect(enterWithCode("000000", HOME)).rejects.toMatchObject({ path: "code" });
    await expect(enterWithCode("not a code", HOME)).rejects.toMatchObject({ path: "code" });
    expect(await currentUser()).toBeNull();
    expect(await enterWithCode(now(), HOME)).toBe("/admin/bean/settings");
    expect(await currentUser()).toMatchObject({ id: userId });
    expect(await readPendingSignIn()).toBeNull();
    expect(await enterWithCode(now(), HOME)).toBeNull();
  });

  it("takes a recovery code in place of the app", async () => {
    const { codes } = await setUp();
    await signIn();
    expect(await enterWithCode(codes[0]!.toUpperCase(), HOME)).toBe("/admin/bean/settings");
    expect(await currentUser()).toMatchObject({ id: userId });
  });

  it("is asked after a link, after a new password and after Google alike", async () => {
    await setUp();
    await sendSignInLink({ email, next: "/admin/bean" });
    const link = await linkIn("member_sign_in", /token=([\w-]+)/);
    // Whose address was shown before: the first proof would drop what a stranger set up.
    await app().user.updateMany({ where: { id: userId }, data: { emailProvenAt: new Date() } });
    const user = await signInByLink({ token: link });
    expect(await enter(user, user.next, "link")).toBe(CODE_PAGE);
    await sendPasswordReset({ email });
    const token = await linkIn("member_reset", /reset\/([\w-]+)/);
    expect(await enter(await resetPassword({ token, password }), "/admin", "reset")).toBe(
      CODE_PAGE,
    );
    expect(await readPendingSignIn()).toMatchObject({ next: "/admin" });
    jar.set("gw_auth_next", `${publicOrigin()}/admin/bean/events`);
    const { signIn: allows } = authOptions().callbacks!;
    const google = { account: { provider: "google" }, profile: { email, email_verified: true } };
    expect(await allows!({ ...google, user: {} } as never)).toBe(CODE_PAGE);
    expect(await readPendingSignIn()).toMatchObject({ userId, next: "/admin/bean/events" });
    const credentials = { account: { provider: "credentials" }, user };
    expect(await allows!(credentials as never)).toBe(CODE_PAGE);
    expect(await currentUser()).toBeNull();
  });

  it("has to begin anew after ten minutes, or a change of how one signs in", async () => {
    const { now } = await setUp();
    await signIn();
    await turnOffSecondFactor(userId);
    await expect(enterWithCode(now(), HOME)).rejects.toMatchObject({ path: "code" });
    const again = await setUp();
    await enterWithCode(again.now(), HOME);
    expect(await currentUser()).toBeNull();
  });

  it("gets no session by a cookie of another kind", async () => {
    const { codes } = await setUp();
    await signIn();
    jar.set("gw_member", jar.get("gw_second")!);
    expect(await currentUser()).toBeNull();
    jar.delete("gw_member");
    await enterWithCode(codes[0]!, HOME);
    jar.set("gw_second", jar.get("gw_member")!);
    expect(await readPendingSignIn()).toBeNull();
  });
});

describe("a stranger who knows the password", () => {
  const wrong = (address: string) => enterWithCode("000000", address);

  it("is refused, and shuts the owner out of no known browser and no recovery", async () => {
    const { now, codes } = await setUp();
    jar.clear();
    await signIn();
    for (let i = 0; i < 5; i += 1)
      await expect(wrong("198.51.100.1")).rejects.toMatchObject({ path: "code" });
    await expect(wrong("198.51.100.1")).rejects.toMatchObject({ code: "rate_limited" });
    for (let i = 0; i < 5; i += 1)
      await expect(wrong(`198.51.100.${10 + i}`)).rejects.toMatchObject({ path: "code" });
    await expect(wrong("198.51.100.99")).rejects.toThrow(/recovery code/);
    await expect(enterWithCode(now(), HOME)).rejects.toMatchObject({ code: "rate_limited" });
    expect(await enterWithCode(codes[0]!, HOME)).not.toBeNull();
    // This browser is known from now on.
    await signIn();
    expect(await enterWithCode(now(), HOME)).not.toBeNull();
  });
});

describe("changing how one signs in", () => {
  it("asks for a fresh proof: a password, a code or a recovery code", async () => {
    const { now, codes } = await setUp();
    await requireFreshProof(userId, password);
    await requireFreshProof(userId, now());
    await requireFreshProof(userId, codes[0]!);
    for (const worthless of ["a guess", now(), codes[0]!, "", "000000"])
      await expect(requireFreshProof(userId, worthless)).rejects.toMatchObject({ path: "proof" });
  });

  it("ends all sessions when it is turned off or its codes are made anew", async () => {
    const { epoch } = await setUp();
    for (const change of [remakeRecoveryCodes, turnOffSecondFactor]) {
      const { sessionEpoch } = await app().user.findUniqueOrThrow({
        where: { id: userId },
        select: { sessionEpoch: true },
      });
      await startMemberSession({ userId, epoch: sessionEpoch });
      expect(await currentUser()).not.toBeNull();
      await change(userId);
      expect(await currentUser()).toBeNull();
    }
    expect(epoch).toBe(1);
    expect(await secondFactorOf(userId)).toEqual({ state: "off" });
    expect(await app().recoveryCode.count({ where: { userId } })).toBe(0);
    await expect(turnOffSecondFactor(userId)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a second factor that a stranger set up with somebody's address", () => {
  it.each(["a link", "a new password"])(
    "goes with the first proof of the address, %s",
    async (how) => {
      await setUp();
      if (how === "a link") {
        await sendSignInLink({ email, next: undefined });
        const token = await linkIn("member_sign_in", /token=([\w-]+)/);
        expect(await enter(await signInByLink({ token }), "/admin", "link")).toBe("/admin");
      } else {
        await sendPasswordReset({ email });
        const token = await linkIn("member_reset", /reset\/([\w-]+)/);
        expect(await enter(await resetPassword({ token, password }), "/admin", "reset")).toBe(
          "/admin",
        );
      }
      expect(await currentUser()).toMatchObject({ id: userId, hasTwoStep: false });
    },
  );

  it("stays where its owner is signed in as they prove the address", async () => {
    await setUp();
    await sendSignInLink({ email, next: undefined });
    const token = await linkIn("member_sign_in", /token=([\w-]+)/);
    await signInByLink({ token, signedInAs: userId });
    expect(await signIn()).toBe(CODE_PAGE);
  });
});
