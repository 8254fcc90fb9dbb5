import { firstTouch } from "./first-touch";
import { fullPath } from "./full-path";
import type { TouchModel } from "./journey";
import { lastNonDirect } from "./last-non-direct";
import { lastTouch } from "./last-touch";
import { linear } from "./linear";
import { positionBased } from "./position-based";
import { timeDecay } from "./time-decay";
import { wShaped } from "./w-shaped";

/** The models that look at one journey at a time, by the name that the API and the reports use. */
export const touchModels = {
  first: firstTouch,
  last: lastTouch,
  last_non_direct: lastNonDirect,
  linear,
  position: positionBased,
  time_decay: timeDecay(),
  w_shaped: wShaped,
  full_path: fullPath,
} as const satisfies Record<string, TouchModel>;

export type TouchModelName = keyof typeof touchModels;
