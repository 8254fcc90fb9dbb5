import { Destination } from "./payouts/destination";
import { Person } from "../customer/person";
import { Money } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import type { PayoutPerson } from "@/lib/rewards/payouts/queries/people";

type PayoutPeopleProps = { people: readonly PayoutPerson[]; customerHref: (id: string) => string };

/** Who is paid how much in a payout. */
export function PayoutPeople({ people, customerHref }: PayoutPeopleProps) {
  const columns: Column<PayoutPerson>[] = [
    { key: "who", header: "Customer", primary: true, cell: (row) => <Person person={row} /> },
    {
      key: "destination",
      header: "Goes to",
      cell: (row) => <Destination destination={row.destination} />,
    },
    { key: "rewards", header: "Rewards", numeric: true, cell: (row) => row.rewardIds.length },
    { key: "amount", header: "Amount", numeric: true, cell: (row) => <Money value={row.amount} /> },
  ];
  return (
    <Table
      caption="People in this payout"
      rows={[...people]}
      rowKey={(row) => row.customerId}
      rowHref={(row) => customerHref(row.customerId)}
      columns={columns}
    />
  );
}
