import { Avatar } from "@/components/ui/content/display";

export type PersonFacts = { name: string | null; email: string | null; externalId?: string | null };

/**
 * What to call a person where they must be told apart: by name, else by email, else by the
 * merchant's own id.
 */
export function personName({ name, email, externalId }: PersonFacts): string {
  return name ?? email ?? externalId ?? "Unnamed customer";
}

/** A person in a list: the name, and the email below it unless it stands for the name. */
export function Person({ person, avatar }: { person: PersonFacts; avatar?: boolean }) {
  const { name, email } = person;
  const text = (
    <span className="inline-block max-w-56 min-w-0 align-middle">
      <span className="block truncate" title={personName(person)}>
        {personName(person)}
      </span>
      {name && email ? (
        <span
          className="block truncate text-[0.8125rem]/5 font-normal text-ink-muted"
          title={email}
        >
          {email}
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
