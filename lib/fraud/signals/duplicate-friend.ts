import { type Acquaintance, gravest, severityOf, type Signal } from "./signal";

const WORDS = {
  proven: "This inbox was referred before, under another spelling or another id.",
  email: "A web page gave this friend the email address of a friend who was referred before.",
  phone: "A friend with this phone number was referred before.",
} as const;

/** The same person referred twice under two records: the first referral stands. */
export function duplicateFriend({ matches }: Acquaintance): Signal | null {
  const evidence = gravest(
    matches.filter(({ earlierReferralId, kind }) => earlierReferralId && kind !== "browser"),
  );
  const [first] = evidence;
  if (!first) return null;
  return {
    kind: "duplicate_friend",
    severity: severityOf(evidence),
    detail: WORDS[first.proven ? "proven" : first.kind === "phone" ? "phone" : "email"],
    evidence,
  };
}
