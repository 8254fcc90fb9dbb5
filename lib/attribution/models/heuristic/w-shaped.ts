import type { Touch } from "../journey";
import { milestoneShares } from "./milestone-shares";

/** 30 % each to the first touch, the lead and the opportunity; 10 % over the others. */
export function wShaped(touches: readonly Touch[]): number[] {
  return milestoneShares(touches, 0.3, ["lead", "opportunity"], 0.1);
}
