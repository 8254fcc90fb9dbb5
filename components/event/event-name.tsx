/** The type of an event, with its order where it has one. */
export function EventName({ type, orderId }: { type: string; orderId: string | null }) {
  return (
    <span className="inline-block">
      <span className="font-mono text-[0.8125rem]">{type}</span>
      {orderId ? (
        <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">Order {orderId}</span>
      ) : null}
    </span>
  );
}
