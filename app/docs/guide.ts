import { readFile } from "node:fs/promises";
import path from "node:path";
import { publicOrigin } from "@/lib/core/address";

/** The parts of the guide, in reading order; each is the text `_guide/<slug>.md`. */
export const GUIDE = [
  { slug: "start", title: "Get started" },
  { slug: "keys", title: "API keys" },
  { slug: "conventions", title: "Conventions" },
  { slug: "orders", title: "Orders and refunds" },
  { slug: "web-pages", title: "Your web pages" },
  { slug: "customer-sign-in", title: "Customer sign-in" },
  { slug: "test-mode", title: "Test mode" },
  { slug: "errors", title: "Errors" },
  { slug: "health", title: "Health checks" },
] as const;

export type GuideSlug = (typeof GUIDE)[number]["slug"];

/** The address of a part: the first is the front page of the documentation. */
export function guideHref(slug: GuideSlug): string {
  return slug === "start" ? "/docs" : `/docs/${slug}`;
}

/** The Markdown of a part, with this installation's own address in it. */
export async function guideText(slug: GuideSlug): Promise<string> {
  const file = path.join(process.cwd(), "app", "docs", "_guide", `${slug}.md`);
  return (await readFile(file, "utf8")).replaceAll("{origin}", publicOrigin());
}
