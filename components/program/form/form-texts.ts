/** Texts by field, as they stand in a form now; a box that is not ticked has none. */
export type FormTexts = Readonly<Record<string, string>>;

/** The texts that a form begins with. */
export function textsOf({
  newCustomersOnly,
  ...values
}: { newCustomersOnly: boolean } & Readonly<Record<string, string | number | boolean>>): FormTexts {
  const texts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value)]),
  );
  return newCustomersOnly ? { ...texts, newCustomersOnly: "on" } : texts;
}

/** The texts of a form as it stands now. A field that is out of sight keeps its text. */
export function textsFrom(
  { newCustomersOnly: _, ...before }: FormTexts,
  form: HTMLFormElement,
): FormTexts {
  const now = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { ...before, ...Object.fromEntries(now) };
}
