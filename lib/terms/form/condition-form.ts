import { CONDITIONS } from "../kinds/conditions";
import type { Condition, Leaf } from "../schema";
import { readKind, showKind } from "./kind-form";
import type { Reader } from "./reader";
import { type GroupForm, type GroupKind, GROUPS, isGroup, type NodeForm } from "./shape";

/** The conditions that a tree of forms says; problems are said below `path`. */
export function readGroup({ group, parts }: GroupForm, path: string, to: Reader): Condition {
  const read = parts.map((part, index) => readNode(part, `${path}.${group}.${index}`, to));
  if (group === "any" && read.length === 0) to.say(path, "Add at least one condition.");
  return group === "all" ? { all: read } : group === "any" ? { any: read } : { none: read };
}

function readNode(node: NodeForm, path: string, to: Reader): Condition {
  return isGroup(node) ? readGroup(node, path, to) : readKind(node, CONDITIONS, path, to);
}

/** Conditions as they stand in their form; a single condition stands in a group of its own. */
export function toGroupForm(condition: Condition): GroupForm {
  const node = toNode(condition);
  return isGroup(node) ? node : { group: "all", parts: [node] };
}

function toNode(condition: Condition): NodeForm {
  for (const group of GROUPS) {
    const parts = (condition as Partial<Record<GroupKind, Condition[]>>)[group];
    if (parts) return { group, parts: parts.map(toNode) };
  }
  return showKind(condition as Leaf, CONDITIONS);
}
