import { Fragment } from "react";
import type { Asset } from "@/lib/core/money";
import { cx } from "@/components/ui/cx";
import { dateTimeText, moneyText, relativeText, type DateTimeLook } from "@/components/ui/format";

type MoneyProps = {
  /** `lib/core/money.ts` money; the minor amount may come as text from JSON. */
  value: { minor: bigint | string; asset: Asset };
  locale?: string;
  /** Writes a plus before positive amounts, for ledgers. */
  signed?: boolean;
  className?: string;
};

/** An amount, exact to its last digit. */
export function Money({ value, locale = "en", signed, className }: MoneyProps) {
  return (
    <span className={cx("figure whitespace-nowrap", className)}>
      {moneyText(value, locale, signed)}
    </span>
  );
}

type DateTimeProps = {
  value: Date | string;
  /** IANA, such as `Europe/Tirane`. Required, so that server and browser write the same. */
  timeZone: string;
  locale?: string;
  look?: DateTimeLook;
  className?: string;
};

/** A point in time in the given zone, with its full form in the title. */
export function DateTime({
  value,
  timeZone,
  locale = "en",
  look = "date",
  className,
}: DateTimeProps) {
  const date = new Date(value);
  return (
    <time
      dateTime={date.toISOString()}
      title={dateTimeText(date, { locale, timeZone, look: "full" })}
      className={cx("figure whitespace-nowrap", className)}
    >
      {dateTimeText(date, { locale, timeZone, look })}
    </time>
  );
}

type RelativeTimeProps = {
  value: Date | string;
  now: Date | string;
  timeZone: string;
  locale?: string;
  className?: string;
};

/**
 * "3 days ago", counted from a `now` that the page passes in (`lib/core/time.ts`), not from this
 * clock.
 */
export function RelativeTime({
  value,
  now,
  timeZone,
  locale = "en",
  className,
}: RelativeTimeProps) {
  const date = new Date(value);
  return (
    <time
      dateTime={date.toISOString()}
      title={dateTimeText(date, { locale, timeZone, look: "full" })}
      className={cx("whitespace-nowrap", className)}
    >
      {relativeText(date, new Date(now), locale)}
    </time>
  );
}

/** Initials in a disc; decoration beside a name, so screen readers skip it. */
export function Avatar({ name, size = "md" }: { name: string; size?: "sm" | "md" | "lg" }) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? [...word][0] : ""))
    .join("")
    .toLocaleUpperCase();
  const box = { sm: "size-6 text-[0.625rem]", md: "size-8 text-xs", lg: "size-12 text-base" }[size];
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid shrink-0 place-items-center rounded-full bg-sunken font-semibold text-ink-muted " +
          "ring-1 ring-line ring-inset",
        box,
      )}
    >
      {letters || "?"}
    </span>
  );
}

/** A key to press. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd
      className={
        "inline-grid h-5 min-w-5 place-items-center rounded-[5px] border border-line bg-sunken " +
        "px-1 font-sans text-[0.6875rem] text-ink-muted"
      }
    >
      {children}
    </kbd>
  );
}

/** Code in running text: an id, a code, a key. */
export function Code({ children, className }: { children: string; className?: string }) {
  return (
    <code
      className={cx(
        "rounded-[5px] bg-sunken px-1.5 py-0.5 font-mono text-[0.875em] [overflow-wrap:anywhere]",
        className,
      )}
    >
      {children}
    </code>
  );
}

/** A text that may be one long word, such as an email address: broken after its @ if it must. */
export function Breakable({ children }: { children: string }) {
  return children.split("@").map((part, index) =>
    index === 0 ? (
      part
    ) : (
      <Fragment key={index}>
        @<wbr />
        {part}
      </Fragment>
    ),
  );
}
