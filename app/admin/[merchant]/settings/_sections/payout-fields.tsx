import { Checkbox } from "@/components/ui/controls/choice";
import { Card } from "@/components/ui/content/card";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { Section } from "@/components/ui/page/page-header";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";
import { DESTINATION_KINDS, type DestinationKind } from "@/lib/merchants/schema";

const KINDS: Record<DestinationKind, { label: string; hint?: string }> = {
  iban: { label: "Bank account", hint: "An IBAN, with the account holder’s name." },
  paypal: { label: "PayPal", hint: "The email address of a PayPal account." },
  other: { label: "Another way", hint: "A line of text, as you ask for it below." },
};

/** Which payout details customers are asked for. */
export function PayoutFields({ shop }: { shop: MerchantProfile }) {
  return (
    <Section
      title="Where cash rewards are sent"
      description={
        "Customers enter it on their page and confirm it by email. Without a tick, nobody is asked."
      }
    >
      <Card className="flex flex-col gap-5">
        <div className="flex flex-col gap-3">
          <input type="hidden" name="payoutKinds[]" value="none" />
          {DESTINATION_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              name="payoutKinds[]"
              value={kind}
              {...KINDS[kind]}
              defaultChecked={shop.payoutKinds.includes(kind)}
            />
          ))}
        </div>
        <Field
          name="payoutHint"
          label="What to enter for another way"
          optional
          hint="Customers read it below the field, for example “Your Wise tag”."
        >
          <Input maxLength={200} defaultValue={shop.payoutHint ?? ""} />
        </Field>
      </Card>
    </Section>
  );
}
