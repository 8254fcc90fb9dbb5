import type { Profile } from "./schema";

/**
 * What the remaining record says of itself after a merge: its own, and what only the other one
 * knew. Both addresses and both ids go on to lead to it.
 * @param keep whose address stands where both have one
 */
export function mergedProfiles(
  from: Profile,
  into: Profile,
  keep: "from" | "into",
): { from: Profile; into: Profile } {
  const takesEmail = from.email !== null && (into.email === null || keep === "from");
  const takesId = from.externalId !== null && into.externalId === null;
  const emailOf = ({ email, emailIdentity }: Profile) => ({ email, emailIdentity });
  return {
    into: {
      ...emailOf(takesEmail ? from : into),
      externalId: takesId ? from.externalId : into.externalId,
      name: into.name ?? from.name,
      locale: into.locale ?? from.locale,
      traits: { ...from.traits, ...into.traits },
    },
    from: {
      ...from,
      ...emailOf(takesEmail ? into : from),
      externalId: takesId ? null : from.externalId,
    },
  };
}

/**
 * The profiles after an undo: each has what it had, and keeps what it was told since.
 * @param now the remaining record as it is
 */
export function unmergedProfiles(
  before: { from: Profile; into: Profile },
  merged: { from: Profile; into: Profile },
  now: Profile,
): { from: Profile; into: Profile } {
  const sinceOr = <Field extends "externalId" | "name" | "locale">(field: Field) =>
    now[field] === merged.into[field] ? before.into[field] : now[field];
  const hasNewEmail = now.email !== merged.into.email;
  const own = Object.entries(now.traits).filter(
    ([name, value]) =>
      name in before.into.traits ||
      JSON.stringify(before.from.traits[name]) !== JSON.stringify(value),
  );
  return {
    from: before.from,
    into: {
      email: hasNewEmail ? now.email : before.into.email,
      emailIdentity: hasNewEmail ? now.emailIdentity : before.into.emailIdentity,
      externalId: sinceOr("externalId"),
      name: sinceOr("name"),
      locale: sinceOr("locale"),
      traits: Object.fromEntries(own),
    },
  };
}

type Choice = { purpose: string; granted: boolean };

/**
 * The purposes for which a no is to be written down for the remaining customer: the stricter of
 * both choices stands.
 * @param from the latest choice of each for each purpose
 */
export function stricterChoices(from: readonly Choice[], into: readonly Choice[]): string[] {
  const refused = from.filter(({ granted }) => !granted).map(({ purpose }) => purpose);
  return refused.filter(
    (purpose) => !into.some((choice) => choice.purpose === purpose && !choice.granted),
  );
}
