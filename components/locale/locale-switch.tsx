import { cx } from "../ui/cx";

export type LocaleChoice = { locale: string; name: string; short: string; lang: string };

type LocaleSwitchProps = {
  label: string;
  choices: readonly LocaleChoice[];
  current: string;
  /** Remembers the choice; gets `locale` in the form. */
  action: (form: FormData) => Promise<void>;
};

/**
 * Picks the language of a page. Plain buttons of a form, so it works before any script has loaded.
 */
export function LocaleSwitch({ label, choices, current, action }: LocaleSwitchProps) {
  return (
    <form action={action} aria-label={label} className="flex items-center">
      {choices.map(({ locale, name, short, lang }) => {
        const chosen = locale === current;
        return (
          <button
            key={locale}
            name="locale"
            value={locale}
            lang={lang}
            title={name}
            aria-label={name}
            aria-current={chosen ? "true" : undefined}
            className={cx(
              "h-9 min-w-9 rounded-control px-2 text-sm",
              chosen ? "bg-sunken font-medium text-ink" : "text-ink-muted hover:text-ink",
            )}
          >
            {short}
          </button>
        );
      })}
    </form>
  );
}
