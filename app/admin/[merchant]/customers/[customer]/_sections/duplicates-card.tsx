import { MergeDialog } from "@/components/customer/merge-dialog";
import { Person, personName } from "@/components/customer/person";
import { SharedFacts } from "@/components/customer/shared-facts";
import { ActionButton } from "@/components/forms/action-button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { TextLink } from "@/components/ui/controls/button";
import type { AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { type Duplicate, duplicatesOf } from "@/lib/pipeline/merge/queries";
import { apart, merge } from "../../actions";

type Named = Pick<Duplicate, "id" | "externalId" | "email" | "name" | "orderCount">;
type DuplicatesCardProps = { scope: Scope; customer: Named; admin: AdminPaths };

/** Customers who may be the same person, with what speaks for it and what can be done. */
export async function DuplicatesCard({ scope, customer, admin }: DuplicatesCardProps) {
  const duplicates = await duplicatesOf(scope, customer.id);
  if (duplicates.length === 0) return null;
  const mayMerge = scopeAllows(scope, "customer.merge");
  return (
    <Card>
      <CardHeader
        title="Possible duplicates"
        description="They share what identifies a person."
        className="mb-4"
      />
      <ul className="flex flex-col gap-5">
        {duplicates.map((duplicate) => (
          <li key={duplicate.id} className="flex flex-col gap-2 text-sm">
            <TextLink href={admin.customer(duplicate.id)}>
              <Person person={duplicate} whole />
            </TextLink>
            <SharedFacts shared={duplicate.shared} />
            {mayMerge ? (
              <div className="flex flex-wrap gap-2">
                <MergeDialog
                  one={choiceOf(customer)}
                  other={choiceOf(duplicate)}
                  action={merge.bind(null, scope.merchantSlug)}
                />
                <ActionButton
                  size="sm"
                  variant="quiet"
                  action={apart.bind(null, scope.merchantSlug)}
                  fields={{ oneId: customer.id, otherId: duplicate.id }}
                  done="They won’t be suggested again."
                >
                  Not a duplicate
                </ActionButton>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function choiceOf(person: Named) {
  const { id, email, externalId, orderCount } = person;
  const orders = orderCount === 1 ? "1 order" : `${orderCount} orders`;
  const known = [externalId && `Your ID ${externalId}`, email, orders].filter(Boolean);
  return { id, label: personName(person), hint: known.join(" · ") };
}
