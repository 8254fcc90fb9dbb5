import type { Touch } from "../journey";
import { milestoneShares } from "./milestone-shares";

/**
 * 22.5 % each to the first touch, the lead, the opportunity and the close; 10 % over the others.
 */
export function fullPath(touches: readonly Touch[]): number[] {
  return milestoneShares(touches, 0.225, ["lead", "opportunity", "close"], 0.1);
}
