import { publicUrl } from "@/lib/core/address";
import { seal, unseal } from "@/lib/core/sealing";

const PURPOSE = "answer to an invitation";

/** Whoever reads the email to this address: the friend of a referral, if it is theirs. */
export type Answerer = { merchantId: string; referralId: string; email: string };

/**
 * The link in the email to a friend: its page asks whether they accepted the invitation, and a
 * press there proves it. It needs no sign-in and works as long as the address is theirs.
 */
export function answerUrl(code: string, who: Answerer): string {
  const text = `${who.merchantId} ${who.referralId} ${who.email}`;
  return publicUrl(`/i/${code}/answer/${seal(Buffer.from(text, "utf8"), PURPOSE)}`);
}

/** Whom a token is about; null for one that we did not make. */
export function readAnswerToken(token: string): Answerer | null {
  const plain = token.length <= 800 ? unseal(token, PURPOSE) : null;
  const [merchantId, referralId, ...address] = plain
    ? Buffer.from(plain).toString("utf8").split(" ")
    : [];
  const email = address.join(" ");
  return merchantId && referralId && email ? { merchantId, referralId, email } : null;
}
