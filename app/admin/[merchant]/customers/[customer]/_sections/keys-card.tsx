import { KeyList } from "@/components/customer/key-list";
import { Card, CardHeader } from "@/components/ui/content/card";
import { keysOfCustomer } from "@/lib/customers/queries/keys";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { confirm, takeOff } from "../../actions";

/** Why this customer is who they are: each key and what it rests on. */
export async function KeysCard({ scope, customerId }: { scope: Scope; customerId: string }) {
  const keys = await keysOfCustomer(scope, customerId);
  if (keys.length === 0) return null;
  const slug = scope.merchantSlug;
  return (
    <Card>
      <CardHeader title="How they are known" className="mb-4" />
      <KeyList
        keys={keys}
        timeZone={scope.timeZone}
        actions={
          scopeAllows(scope, "customer.merge")
            ? { confirm: confirm.bind(null, slug), takeOff: takeOff.bind(null, slug) }
            : null
        }
      />
    </Card>
  );
}
