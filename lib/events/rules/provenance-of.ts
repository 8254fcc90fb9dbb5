import type { Provenance } from "@/lib/merchants/rules/provenance";
import type { Actor } from "@/lib/merchants/scope";
import type { EventSource } from "../schema";

/**
 * Who speaks at each door. Whoever acts on their own page has signed in, so they are named; how
 * their session began says how they are known.
 */
export function provenanceOf(
  source: EventSource,
  { advocateId, actor }: { advocateId?: string | null; actor?: Actor } = {},
): Provenance {
  const signedIn = actor?.kind === "customer" ? actor.provenance : undefined;
  switch (source) {
    case "api":
      return "server";
    case "dashboard":
      return signedIn ?? "staff";
    case "refer":
      return signedIn ?? (advocateId ? "email" : "browser");
    case "browser":
    case "click":
    case "invite":
      return "browser";
  }
}
