/**
 * Where to go after signing in: a path on this site, else the fallback. Refuses other sites in
 * every disguise: "//evil", "/\evil", "https:evil", control characters that browsers drop.
 */
export function safeNext(next: string | null | undefined, fallback = "/admin"): string {
  if (!next || !next.startsWith("/") || /[\\\p{Cc}]/u.test(next)) return fallback;
  const here = "http://goodword.invalid";
  let url: URL;
  try {
    url = new URL(next, here);
  } catch {
    return fallback;
  }
  return url.origin === here && !url.pathname.startsWith("//")
    ? `${url.pathname}${url.search}${url.hash}`
    : fallback;
}
