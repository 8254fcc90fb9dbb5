import { RadioGroup } from "@/components/ui/controls/choice";
import { Section } from "@/components/ui/page/page-header";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";

type PartProps = { shop: MerchantProfile };

/** What becomes of rewards where a fact could be taken in several ways. */
export function RewardFields({ shop }: PartProps) {
  return (
    <>
      <ClawbackFields shop={shop} />
      <CouponFields shop={shop} />
      <ProgramFields shop={shop} />
    </>
  );
}

function CouponFields({ shop }: PartProps) {
  return (
    <Section
      title="If an order with a coupon is returned"
      description="The whole order was refunded, or every item came back."
    >
      <RadioGroup
        name="couponReuse"
        legend="If an order with a coupon is returned"
        hideLegend
        look="cards"
        defaultValue={shop.couponReuse ? "again" : "once"}
        choices={[
          {
            value: "again",
            label: "The coupon can be used again",
            hint: "Until it expires, on the next order that names it.",
          },
          { value: "once", label: "The coupon stays used", hint: "It can be used only once." },
        ]}
      />
    </Section>
  );
}

function ProgramFields({ shop }: PartProps) {
  return (
    <Section
      title="If a friend came through several programs"
      description="Which program their purchases and actions count for."
    >
      <RadioGroup
        name="countingTouch"
        legend="If a friend came through several programs"
        hideLegend
        look="cards"
        defaultValue={shop.countingTouch}
        choices={[
          {
            value: "latest",
            label: "The latest",
            hint: "The program they came through last before the purchase.",
          },
          {
            value: "first",
            label: "The first",
            hint: "The program they came through first, until its time limit passes.",
          },
          { value: "all", label: "All of them", hint: "Each program rewards the same purchase." },
        ]}
      />
    </Section>
  );
}

function ClawbackFields({ shop }: PartProps) {
  return (
    <Section
      title="If a refunded reward was already spent"
      description="A refund reverses the reward, but the balance no longer covers it."
    >
      <RadioGroup
        name="clawbackPolicy"
        legend="If a refunded reward was already spent"
        hideLegend
        look="cards"
        defaultValue={shop.clawbackPolicy}
        choices={[
          {
            value: "clamp",
            label: "Stop at zero",
            hint: "What was already spent is a cost to you.",
          },
          {
            value: "negative",
            label: "Allow a negative balance",
            hint: "The customer owes the rest, and later rewards repay it first.",
          },
        ]}
      />
    </Section>
  );
}
