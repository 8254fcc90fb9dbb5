import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { FoundCustomer, FoundPeople } from "../queries/named";
import type { FoundBySaid } from "./decide-person";

/** Whom what is asked in one place of the list leads to. */
export type FoundInPlace = FoundBySaid & {
  byAdvocate: FoundCustomer | null;
  byBrowser: FoundCustomer | null;
  byCoupon: FoundCustomer | null;
  byOrder: FoundCustomer | null;
  all: FoundCustomer[];
};

/** Sorts what was read of people by whose asking it was, one for each place of the list. */
export function foundInPlaces(
  count: number,
  { peopleFound, peopleSharing }: FoundPeople,
): FoundInPlace[] {
  const found = groupedBy(peopleFound, ({ place }) => String(place));
  const sharing = groupedBy(peopleSharing, ({ place }) => String(place));
  return Array.from({ length: count }, (_, place) => {
    const all = found.get(String(place)) ?? [];
    const by = (lead: FoundCustomer["how"][number]) =>
      all.find(({ how }) => how.includes(lead)) ?? null;
    return {
      byExternalId: by("id"),
      byEmail: by("email"),
      byAdvocate: by("advocate"),
      byBrowser: by("browser"),
      byCoupon: by("coupon"),
      byOrder: by("order"),
      all,
      sharers: (sharing.get(String(place)) ?? []).map(({ customerId }) => customerId),
    };
  });
}
