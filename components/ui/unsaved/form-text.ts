/**
 * All that a form would send, as one text: it is the same exactly while nothing in it was changed.
 * What React adds to a form's fields is left out.
 */
export function formText(data: FormData): string {
  const fields = [...data].filter(([name]) => !name.startsWith("$"));
  return JSON.stringify(
    fields.map(([name, value]) =>
      typeof value === "string" ? [name, value] : [name, value.name, value.size],
    ),
  );
}
