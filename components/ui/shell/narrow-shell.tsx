import type { ReactNode } from "react";
import { cx } from "../cx";
import { SkipLink } from "./skip-link";

const WIDTHS = { form: "max-w-[28.5rem]", page: "max-w-[42.5rem]", wide: "max-w-[56.5rem]" };

type NarrowShellProps = {
  /** Whose page this is: a merchant's logo or the wordmark. */
  brand?: ReactNode;
  /** At the right of the head: language, sign out. */
  actions?: ReactNode;
  footer?: ReactNode;
  /**
   * `form` 26 rem for one form; `page` 40 rem for a page to read and act on; `wide` 54 rem for two
   * columns.
   */
  width?: keyof typeof WIDTHS;
  /** False in a preview inside the dashboard, where it must not be a landmark of its own. */
  landmark?: boolean;
  skipLabel?: string;
  /** Where the page speaks another language than the visitor asked for. */
  lang?: string;
  children: ReactNode;
};

/** One column, made for a phone first: signing in, the friend's invite, the customer's page. */
export function NarrowShell(props: NarrowShellProps) {
  const {
    brand,
    actions,
    footer,
    width = "form",
    landmark = true,
    skipLabel,
    lang,
    children,
  } = props;
  const column = cx("mx-auto w-full px-5", WIDTHS[width]);
  const Main = landmark ? "main" : "div";
  const Head = landmark ? "header" : "div";
  const Foot = landmark ? "footer" : "div";
  return (
    <div
      lang={lang}
      className={cx("flex flex-col bg-paper text-ink", landmark ? "min-h-dvh" : "h-full")}
    >
      {landmark ? <SkipLink label={skipLabel} /> : null}
      <Head className={cx(column, "flex min-h-16 items-center justify-between gap-4 py-3")}>
        {brand ?? <span />}
        {actions ? <div className="flex items-center gap-1">{actions}</div> : null}
      </Head>
      <Main
        id={landmark ? "main" : undefined}
        tabIndex={landmark ? -1 : undefined}
        className={cx(column, "flex-1 pt-4 pb-12 outline-none sm:pt-10")}
      >
        {children}
      </Main>
      {footer ? (
        <Foot
          className={cx(
            column,
            "flex flex-wrap items-center justify-between gap-3 py-6 text-sm text-ink-muted",
          )}
        >
          {footer}
        </Foot>
      ) : null}
    </div>
  );
}
