import { type Acquaintance, gravest, severityOf, type Signal } from "./signal";

const WORDS = {
  proven: "Someone with this inbox had bought before.",
  email: "A web page gave this friend the email address of someone who had bought before.",
  phone: "Someone with this phone number had bought before.",
  browser: "Someone had bought before in this friend's browser.",
} as const;

/** A regular customer who comes back under a new id, in a program for new customers. */
export function knownCustomer({ matches, newCustomersOnly }: Acquaintance): Signal | null {
  if (!newCustomersOnly) return null;
  const evidence = gravest(
    matches.filter(({ earlierOrderId, isAdvocate }) => earlierOrderId && !isAdvocate),
  );
  const [first] = evidence;
  if (!first) return null;
  return {
    kind: "existing_customer",
    severity: severityOf(evidence),
    detail: WORDS[first.proven ? "proven" : first.kind],
    evidence,
  };
}
