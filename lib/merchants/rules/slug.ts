/** Makes the slug of a shop's name for URLs: "Café Lumière" → "cafe-lumiere". Never empty. */
export function slugFrom(name: string): string {
  const slug = name
    .slice(0, 200)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  // The slug of a sandbox ends in "-test", so no other may.
  const safe = slug.endsWith("-test") || slug === "test" ? `${slug}-shop` : slug;
  return safe.length >= 2 ? safe : "shop";
}
