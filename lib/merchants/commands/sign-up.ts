import { prismaFor } from "@/lib/core/db";
import { DomainError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { hashChosenPassword } from "../rules/chosen-password";
import type { SignUp } from "../schema";
import { createShop, type Invited, requireOpenDoor, type SignedUp } from "./open-shop";

/**
 * Creates a user, their merchant with its sandbox, and the owner's membership in one transaction.
 * @param input as `signUpSchema` gives it
 * @param options.asStranger they came by themselves: only where SIGN_UP lets them open a shop
 * @param options.isInvited whether they hold an invitation, which it uses up in this transaction
 * @throws DomainError invalid_request for a password that is easy to guess; forbidden where they
 * may not; conflict if the address cannot be used, whose message does not reveal that it has an
 * account
 */
export async function signUpMerchant(
  input: SignUp,
  { asStranger = false, isInvited }: { asStranger?: boolean; isInvited?: Invited } = {},
): Promise<SignedUp> {
  // Hashed before any look-up, so that a known address takes as long as a new one.
  const passwordHash = await hashChosenPassword(input.password, input);
  const userId = newId("usr");
  try {
    return await prismaFor("goodword_app").$transaction(async (db) => {
      if (asStranger) await requireOpenDoor(db, isInvited);
      const { email, name } = input;
      await db.user.create({
        data: { id: userId, email, name, passwordHash, createdAt: systemNow() },
        select: { id: true },
      });
      return createShop(db, { id: userId, name }, input);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError(
      "conflict",
      "We could not create an account with this email. If you already have one, sign in.",
    );
  }
}
