import { Avatar, Breakable } from "@/components/ui/content/display";
import { cx } from "@/components/ui/cx";

export type PersonFacts = { name: string | null; email: string | null; externalId?: string | null };

/**
 * What to call a person where they must be told apart: by name, else by email, else by the
 * merchant's own id.
 */
export function personName({ name, email, externalId }: PersonFacts): string {
  return name ?? email ?? externalId ?? "Unnamed customer";
}

type PersonProps = {
  person: PersonFacts;
  avatar?: boolean;
  /** Outside of a table, where nothing else needs the room. */
  whole?: boolean;
};

/** A row of two lines has room for the name; the page behind it has the rest. */
const IN_DENSE_ROW = "max-sm:in-data-dense:hidden";

/** A person in a list: the name, and the email below it unless it stands for the name. */
export function Person({ person, avatar, whole }: PersonProps) {
  const { name, email } = person;
  const text = (
    <span
      className={cx(
        "inline-block min-w-0 align-middle [overflow-wrap:anywhere]",
        whole ? "max-w-full" : "sm:max-w-56 sm:min-w-36",
      )}
    >
      <span className="block">
        <Breakable>{personName(person)}</Breakable>
      </span>
      {name && email ? (
        <span
          className={cx(
            "block text-[0.8125rem]/5 font-normal text-ink-muted",
            !whole && IN_DENSE_ROW,
          )}
        >
          <Breakable>{email}</Breakable>
        </span>
      ) : null}
    </span>
  );
  if (!avatar) return text;
  return (
    <span className="inline-flex min-w-0 items-center gap-3">
      <Avatar name={personName(person)} />
      {text}
    </span>
  );
}
