import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A page of the product as its folder names it: "/admin/[merchant]/customers/[customer]". */
export type Route = { pattern: string; matches: RegExp };

/**
 * Every page that a folder of `app` makes, the plainest first, so that "/programs/new" is not
 * taken for a program. What answers whatever is asked ("[...rest]") is none, nor is an address of
 * old that leads on.
 */
export function routesOfApp(): Route[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.includes("[..."))
    .filter((file) => !readFileSync(path.join("app", file), "utf8").includes("permanentRedirect("))
    .map((file) => {
      const parts = file.split("/").filter((part) => !/^\(.*\)$/.test(part) && part !== "page.tsx");
      const asked = parts.map((part) => (part.startsWith("[") ? "[^/]+" : part));
      return { pattern: `/${parts.join("/")}`, matches: new RegExp(`^/${asked.join("/")}$`) };
    })
    .toSorted((a, b) => variablesIn(a.pattern) - variablesIn(b.pattern));
}

const variablesIn = (pattern: string) => pattern.split("[").length;

/** Views of a list that are a page to whoever looks. */
const VIEWS = ["view", "review", "case", "claimed"];

/** What an address shows: its page and view; null for what is no page. */
export function shownAt(routes: readonly Route[], { pathname, searchParams }: URL): string | null {
  const route = routes.find(({ matches }) => matches.test(pathname));
  if (!route) return null;
  const views = VIEWS.filter((name) => searchParams.has(name));
  return [route.pattern, ...views.map((name) => `${name}=${searchParams.get(name)}`)].join(" ");
}
