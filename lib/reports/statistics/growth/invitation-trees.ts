import { type Answer, known, unknown } from "../answer";

export type Invited = { id: string; invitedBy: string | null };

export type InvitationTree = {
  root: string;
  people: number;
  /** People per generation; the root alone is generation 0. */
  generations: number[];
  /**
   * Structural virality: the mean distance between all pairs of people, 2(n−1)/n for a star and
   * (n+1)/3 for a chain (Goel, Anderson, Hofman & Watts 2016). Unknown for one person.
   */
  structuralVirality: Answer<number, "one_person">;
};

/**
 * Builds the trees of who invited whom. An inviter who is not in the list counts as out of view,
 * and the invited person as a root. Unknown where people invited each other in a circle. Throws
 * RangeError for repeated ids. Time and memory grow with the number of people, however deep the
 * tree.
 */
export function invitationTrees(people: readonly Invited[]): Answer<InvitationTree[], "circle"> {
  const children = new Map<string, string[]>(people.map(({ id }) => [id, []]));
  if (children.size !== people.length) throw new RangeError("each person may be listed only once");
  const roots: string[] = [];
  for (const { id, invitedBy } of people) {
    const siblings = invitedBy === null ? undefined : children.get(invitedBy);
    if (siblings) siblings.push(id);
    else roots.push(id);
  }
  const trees = roots.map((root) => measure(root, children));
  const reached = trees.reduce((sum, tree) => sum + tree.people, 0);
  return reached === people.length ? known(trees) : unknown("circle");
}

function measure(root: string, children: ReadonlyMap<string, readonly string[]>): InvitationTree {
  const order = [{ id: root, depth: 0, parent: -1 }];
  const generations: number[] = [];
  for (let i = 0; i < order.length; i += 1) {
    const { id, depth } = order[i] as (typeof order)[number];
    generations[depth] = (generations[depth] ?? 0) + 1;
    for (const child of children.get(id) ?? [])
      order.push({ id: child, depth: depth + 1, parent: i });
  }
  // An invitation lies on the path between each person below it and everybody else: size × (n −
  // size) pairs.
  const n = order.length;
  const below = new Float64Array(n).fill(1);
  let distances = 0;
  for (let i = n - 1; i > 0; i -= 1) {
    const size = below[i] as number;
    const parent = (order[i] as (typeof order)[number]).parent;
    below[parent] = (below[parent] as number) + size;
    distances += size * (n - size);
  }
  const structuralVirality =
    n > 1 ? known(distances / ((n * (n - 1)) / 2)) : unknown("one_person" as const);
  return { root, people: n, generations, structuralVirality };
}

/**
 * Friends brought per person in each generation, over all trees: K of generation g = people of g +
 * 1 / people of g. The last generation has not had its turn and is left out.
 */
export function generationGrowth(trees: readonly InvitationTree[]): number[] {
  const totals: number[] = [];
  for (const tree of trees) {
    tree.generations.forEach((count, depth) => {
      totals[depth] = (totals[depth] ?? 0) + count;
    });
  }
  return totals.slice(1).map((count, depth) => count / (totals[depth] as number));
}
