import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
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
      <ReviewFields shop={shop} />
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

function ReviewFields({ shop }: PartProps) {
  return (
    <Section
      title="If nobody decides on a suspicious referral"
      description="Its rewards are on hold until somebody does. Your team is reminded by email."
    >
      <div className="flex flex-col gap-5">
        <RadioGroup
          name="reviewDecision"
          legend="If nobody decides on a suspicious referral"
          hideLegend
          look="cards"
          defaultValue={shop.reviewDecision}
          choices={[
            { value: "wait", label: "It waits", hint: "Until somebody of your team decides." },
            { value: "approve", label: "Approve it", hint: "Its rewards are released." },
            { value: "reject", label: "Reject it", hint: "Its rewards are reversed." },
          ]}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="reviewRemindDays"
            label="Remind after"
            hint="And again after as many, while any waits."
          >
            <Input
              inputMode="numeric"
              suffix="days"
              defaultValue={String(shop.reviewRemindDays)}
              className="figure"
            />
          </Field>
          <Field name="reviewDecideDays" label="Decide after" hint="Unless it waits.">
            <Input
              inputMode="numeric"
              suffix="days"
              defaultValue={String(shop.reviewDecideDays)}
              className="figure"
            />
          </Field>
        </div>
      </div>
    </Section>
  );
}
