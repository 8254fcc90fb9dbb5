import { Alert } from "@/components/ui/content/alert";

type ClicksLeftOutProps = { clicks: number; links: number; days: number };

/** How many clicks of the last days came in bursts and were not stored. */
export function ClicksLeftOut({ clicks, links, days }: ClicksLeftOutProps) {
  return (
    <Alert tone="warn">
      {`${many(clicks, "more click")} on ${many(links, "link")} in the last ${days} days `}
      came in bursts from one network. They led to the invitation and weren’t counted.
    </Alert>
  );
}

function many(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
