import { log } from "@/lib/core/log";
import { noteSignIn } from "@/lib/merchants/commands/account/note-sign-in";
import { consume, pseudonymOf, RateLimited } from "../rate-limit";
import { clientAddress } from "../request";
import { currentBrowser, startMemberSession } from "../session/member-session";

/** How somebody showed who they are, in words for the audit log. */
const WAYS = {
  password: "with a password",
  link: "by a link from an email",
  reset: "with a new password, by a link from an email",
  sign_up: "by opening the account",
  invitation: "by opening the account, through an invitation",
  google: "with Google",
  code: "with the code of a second step",
} as const;
export type SignInWay = keyof typeof WAYS;

/** Signs a user in, in this browser, and notes it in the logs of the process and of their shops. */
export async function signInHere(
  user: { id: string; epoch: number },
  way: SignInWay,
): Promise<void> {
  await startMemberSession({ userId: user.id, epoch: user.epoch });
  await noteSignedIn(user.id, way);
}

/** Notes a sign-in, for whoever runs the server and for the shops of the user. */
export async function noteSignedIn(userId: string, way: SignInWay): Promise<void> {
  const device = await currentBrowser();
  log.info(
    { event: "sign_in", way, userId, device, from: pseudonymOf(await clientAddress()) },
    "a member signed in",
  );
  await noteSignIn(userId, {
    action: "member.sign_in",
    summary: `Signed in ${WAYS[way]}, ${device}`,
  });
}

/**
 * Notes that somebody was not let in. The shops' logs get a few an hour, since nothing there is
 * ever removed; the process's log gets each. Nobody waits for it: how long an answer takes must not
 * tell whether there is such an account.
 * @param userId whose account it was; null where there is none
 */
export function noteRefusedSignIn(
  userId: string | null,
  { way, address }: { way: SignInWay; address: string },
): void {
  log.warn(
    { event: "sign_in_refused", way, userId, from: pseudonymOf(address) },
    "a sign-in was refused",
  );
  if (userId === null) return;
  tellShops(userId, way).catch((error: unknown) =>
    log.error({ err: error, userId }, "a refused sign-in was not noted"),
  );
}

async function tellShops(userId: string, way: SignInWay): Promise<void> {
  if (!(await mayNoteRefusal(userId))) return;
  await noteSignIn(userId, {
    action: "member.sign_in_refused",
    summary: `Was refused a sign-in ${WAYS[way]}`,
  });
}

async function mayNoteRefusal(userId: string): Promise<boolean> {
  try {
    await consume("sign_in_note", userId);
    return true;
  } catch (error) {
    if (error instanceof RateLimited) return false;
    throw error;
  }
}
