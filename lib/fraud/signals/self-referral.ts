import { type Acquaintance, gravest, severityOf, type Signal } from "./signal";

const WORDS = {
  proven: "Friend and advocate use the same inbox.",
  email: "A web page gave the friend the advocate's email address, or the other way round.",
  phone: "Friend and advocate have the same phone number.",
} as const;

/** One person with two records: "mira@…" inviting "mira+1@…", or her second id. */
export function selfReferral({ matches }: Acquaintance): Signal | null {
  const evidence = gravest(
    matches.filter(({ isAdvocate, kind }) => isAdvocate && kind !== "browser"),
  );
  const [first] = evidence;
  if (!first) return null;
  return {
    kind: "self_referral",
    severity: severityOf(evidence),
    detail: WORDS[first.proven ? "proven" : first.kind === "phone" ? "phone" : "email"],
    evidence,
  };
}
