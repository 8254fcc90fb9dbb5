import { cookieName } from "@/lib/core/address";

/**
 * The name of the cookie with the columns that a browser leaves out of the lists.
 * @param secure that the page came over https
 */
export function columnsCookie(secure?: boolean): string {
  return cookieName("goodword_columns", secure);
}

/** A cookie's text: "customers.id.last~rewards.program" leaves two columns out of one list. */
export function hiddenIn(text: string | undefined, list: string): string[] {
  for (const part of (text ?? "").split("~")) {
    const [name, ...keys] = part.split(".");
    if (name === list) return keys.filter((key) => /^\w{1,30}$/.test(key));
  }
  return [];
}

/** The cookie's text with other columns left out of one list. */
export function withHidden(
  text: string | undefined,
  list: string,
  keys: readonly string[],
): string {
  const others = (text ?? "").split("~").filter((part) => part && part.split(".")[0] !== list);
  return [...others, ...(keys.length > 0 ? [[list, ...keys].join(".")] : [])].join("~");
}
