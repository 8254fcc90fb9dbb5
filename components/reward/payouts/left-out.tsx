import type { ReactNode } from "react";
import { Person } from "@/components/customer/person";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime, Money } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import type { LeftOut as LeftOutPerson, Payable } from "@/lib/rewards/payouts/queries/people";
import type { LeftOutReason } from "@/lib/rewards/destinations/schema";

const REASONS: Record<LeftOutReason, string> = {
  missing: "No payout details",
  unreadable: "Payout details can’t be read any more",
  not_allowed: "Your shop no longer pays this way",
  recent: "Payout details changed lately",
};

type LeftOutProps = {
  leftOut: Payable["leftOut"];
  timeZone: string;
  customerHref: (id: string) => string;
  /** The button that asks them by email. */
  action: ReactNode;
};

/** Whose cash waits, and why it is not in the payout. */
export function LeftOut({ leftOut, timeZone, customerHref, action }: LeftOutProps) {
  const { people, count, total } = leftOut;
  return (
    <Card flush>
      <CardHeader
        title={count === 1 ? "1 person is left out" : `${count} people are left out`}
        description={
          <>
            <Money value={total} /> stays to be paid with a later payout.
          </>
        }
        actions={action}
        className="px-5 pt-5 pb-3"
      />
      <Table
        caption="People left out of the payout"
        rows={people}
        rowKey={(row) => row.customerId}
        rowHref={(row) => customerHref(row.customerId)}
        columns={[
          { key: "who", header: "Customer", primary: true, cell: (row) => <Person person={row} /> },
          {
            key: "why",
            header: "Why",
            cell: (row) => <Why person={row} timeZone={timeZone} />,
          },
          {
            key: "amount",
            header: "Amount",
            numeric: true,
            cell: (row) => <Money value={row.amount} />,
          },
        ]}
      />
    </Card>
  );
}

function Why({ person, timeZone }: { person: LeftOutPerson; timeZone: string }) {
  const { reason, usableFrom, askedAt, canBeAsked } = person;
  const at = (date: Date) => <DateTime value={date} timeZone={timeZone} />;
  return (
    <div>
      {REASONS[reason]}
      <span className="block text-[0.8125rem] text-ink-muted">
        {reason === "recent" && usableFrom ? (
          <>Payouts include them from {at(usableFrom)}</>
        ) : askedAt ? (
          <>Asked by email on {at(askedAt)}</>
        ) : canBeAsked ? (
          "Not asked yet"
        ) : (
          "Can’t be asked: no email address, or unsubscribed"
        )}
      </span>
    </div>
  );
}
