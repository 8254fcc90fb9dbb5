/** The name of a shop as it stands in addresses: "Café Lumière" → "cafe-lumiere". Never empty. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  // "-test" at the end is how sandboxes are told apart.
  const safe = slug.endsWith("-test") || slug === "test" ? `${slug}-shop` : slug;
  return safe.length >= 2 ? safe : "shop";
}
