import { limitLines, promiseLines, termsTextOf } from "@/lib/terms/words/promises";
import type { HomeContext } from "./context";

/** What each side gets, within which limits, and the shop's own text. */
export function Terms({ t, locale, found: { program, shop } }: HomeContext) {
  const text = termsTextOf(program.terms, locale);
  const lines = (side: "advocate" | "friend") =>
    promiseLines(t, program.terms, side, "advocate", locale).map(({ words, when, hold }) =>
      [words, when, hold].filter(Boolean).join(" · "),
    );
  const sides = [
    [t("join.youGet"), lines("advocate")],
    [t("join.friendGets"), lines("friend")],
  ] as const;
  return (
    <div className="flex flex-col gap-3 text-sm/6">
      {sides
        .filter(([, items]) => items.length > 0)
        .map(([label, items]) => (
          <div key={label} className="text-ink">
            <p className="text-ink-muted">{label}</p>
            {items.map((item) => (
              <p key={item}>{item}</p>
            ))}
          </div>
        ))}
      <ul>
        {limitLines(t, program.terms, "advocate", locale, shop.timeZone).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {text ? <p className="whitespace-pre-line">{text}</p> : null}
    </div>
  );
}
