import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, sameText, type Verdict } from "./verdict";

/** It came through one of the channels. */
export function channel({ channels }: LeafOf<"channel">, facts: ConditionFacts): Verdict {
  const found = facts.channel;
  if (found === null)
    return {
      holds: false,
      code: "channel_unknown",
      message: `The channel is not known; it takes ${listWords(channels)}.`,
    };
  const holds = channels.some((name) => sameText(name, found));
  return holds
    ? { holds, code: "channel_right", message: `It came through ${found}.` }
    : {
        holds,
        code: "channel_other",
        message: `It came through ${found}; it takes ${listWords(channels)}.`,
      };
}
