type Tree = { [key: string]: string | Tree };

/** Every message of a catalogue with its whole key: `["refer.terms", "Program terms"]`. */
export function leaves(tree: Tree, path = ""): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}
