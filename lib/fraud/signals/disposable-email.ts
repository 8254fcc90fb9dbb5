import { disposableDomain } from "@/lib/core/internet/disposable-email";
import { signalFrom } from "../words";
import { type Acquaintance, factOf, type Signal } from "./signal";

/** An address that is thrown away after use costs nothing, so anybody can have many. */
export function disposableEmail({ emails }: Pick<Acquaintance, "emails">): Signal | null {
  const domains = [...new Set(emails.flatMap((email) => disposableDomain(email) ?? []))].sort();
  const [first, ...others] = domains.map((said) => factOf({ kind: "domain", said }));
  return first ? signalFrom("disposable_email", first, ...others) : null;
}
