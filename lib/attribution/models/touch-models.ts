import { firstTouch } from "./heuristic/first-touch";
import { fullPath } from "./heuristic/full-path";
import type { TouchModel } from "./journey";
import { lastNonDirect } from "./heuristic/last-non-direct";
import { lastTouch } from "./heuristic/last-touch";
import { linear } from "./heuristic/linear";
import { positionBased } from "./heuristic/position-based";
import { timeDecay } from "./heuristic/time-decay";
import { wShaped } from "./heuristic/w-shaped";

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
