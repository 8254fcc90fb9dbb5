import { Fragment } from "react";

/** The type of an event, with its order where it has one. */
export function EventName({ type, orderId }: { type: string; orderId: string | null }) {
  return (
    <span className="inline-block min-w-28 [overflow-wrap:anywhere]">
      <span className="font-mono text-[0.8125rem]">{breakable(type)}</span>
      {orderId ? (
        <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">Order {orderId}</span>
      ) : null}
    </span>
  );
}

/** Breaks a long type after an underscore rather than within a word. */
function breakable(type: string) {
  return type.split(/(?<=_)/u).map((part, index) => (
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}
