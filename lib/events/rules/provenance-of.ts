import type { Provenance } from "@/lib/merchants/rules/provenance";
import type { EventSource } from "../schema";

/** Who speaks at each door. Whoever acts on their own page has signed in, so they are named. */
export function provenanceOf(source: EventSource, advocateId?: string | null): Provenance {
  switch (source) {
    case "api":
      return "server";
    case "dashboard":
      return "staff";
    case "refer":
      return advocateId ? "email" : "browser";
    case "browser":
    case "click":
    case "invite":
      return "browser";
  }
}
