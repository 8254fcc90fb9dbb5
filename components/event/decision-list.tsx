import { Code } from "@/components/ui/content/display";

export type DecisionLine = { code: string; message: string };

/** What the product decided over an event, in the order it was decided. */
export function DecisionList({ decisions }: { decisions: readonly DecisionLine[] }) {
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {decisions.map(({ code, message }, index) => (
        <li key={index} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="[overflow-wrap:anywhere]">{message}</span>
          <Code className="text-ink-muted">{code}</Code>
        </li>
      ))}
    </ul>
  );
}
