import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";

/** Says that events failed too often and wait for a person. */
export function SetAsideAlert({ count, href }: { count: number; href: string }) {
  return (
    <Alert
      tone="bad"
      title={count === 1 ? "1 event was set aside" : `${count} events were set aside`}
      action={<TextLink href={href}>View</TextLink>}
    >
      {count === 1 ? "It" : "They"} failed ten times and won’t be retried automatically.
    </Alert>
  );
}
