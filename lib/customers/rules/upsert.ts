/** What an incoming fact says a customer is known by; both normalised, at least one given. */
export type WantedKeys = { externalId: string | null; email: string | null };
export type FoundCustomer = { id: string; externalId: string | null; email: string | null };

/**
 * email_taken: the address belongs to another customer and stays there. email_changed: a new
 * address replaced the old. external_id_linked: someone known by address got the merchant's id.
 * unproven: either of these was said by a web page, which anyone can have say anything, so it was
 * not done.
 */
export type UpsertNote = "email_taken" | "email_changed" | "external_id_linked" | "unproven";

export type UpsertPlan =
  | { do: "create"; keys: WantedKeys; notes: UpsertNote[] }
  | {
      do: "use";
      id: string;
      set: Partial<WantedKeys>;
      notes: UpsertNote[];
      /** Another record that the request names too: without an id of its own, it is theirs. */
      alsoNamed?: string;
    };

/**
 * What stays of a plan when nobody vouches for what was said, as for a web page's events: people
 * are found, and new ones made, but who is known stays who they are. An address lets its owner in,
 * so it must not be given to another's.
 */
export function planUnproven(plan: UpsertPlan): UpsertPlan {
  if (plan.do === "create") return plan;
  const { alsoNamed: _, ...own } = plan;
  return Object.keys(own.set).length === 0 ? own : { ...own, set: {}, notes: ["unproven"] };
}

/**
 * Who is meant: the merchant's own id wins over the address, and an address is never taken from
 * another customer.
 */
export function planUpsert(
  found: { byExternalId: FoundCustomer | null; byEmail: FoundCustomer | null },
  wanted: WantedKeys,
): UpsertPlan {
  const { byExternalId, byEmail } = found;
  if (byExternalId) {
    if (!wanted.email || wanted.email === byExternalId.email || byEmail?.id === byExternalId.id)
      return { do: "use", id: byExternalId.id, set: {}, notes: [] };
    if (byEmail)
      return {
        do: "use",
        id: byExternalId.id,
        set: {},
        notes: ["email_taken"],
        ...(byEmail.externalId === null && { alsoNamed: byEmail.id }),
      };
    const notes: UpsertNote[] = byExternalId.email ? ["email_changed"] : [];
    return { do: "use", id: byExternalId.id, set: { email: wanted.email }, notes };
  }
  if (!byEmail) return { do: "create", keys: wanted, notes: [] };
  if (!wanted.externalId) return { do: "use", id: byEmail.id, set: {}, notes: [] };
  if (byEmail.externalId === null) {
    return {
      do: "use",
      id: byEmail.id,
      set: { externalId: wanted.externalId },
      notes: ["external_id_linked"],
    };
  }
  return {
    do: "create",
    keys: { externalId: wanted.externalId, email: null },
    notes: ["email_taken"],
  };
}
