import type { Translate } from "@/lib/core/i18n/translator";
import type { SignalKind } from "../schema";

/** What a kind of signal is called: "No visitor". */
export function signalTitle(t: Translate, kind: SignalKind): string {
  return t(`signals.titles.${kind}`);
}

/** "Two signals: …", in the order in which they count. */
export function scoreWords(
  t: Translate,
  signals: readonly { kind: SignalKind; weight: number }[],
): string {
  const titles = signals
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ kind }) => withinSentence(signalTitle(t, kind)));
  return t("signals.summary", { count: titles.length, list: titles.join(", ") });
}

/** A title as it is written in the middle of a sentence. */
const withinSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);
