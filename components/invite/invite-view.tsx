import type { ReactNode } from "react";
import { PromiseCard, type PromiseCardLine } from "../shop/promise-card";
import { Disclosure } from "@/components/ui/content/disclosure";

export type InviteViewProps = {
  heading: string;
  lead: string | null;
  /** What the friend gets, then what the advocate gets; a side without a promise is left out. */
  friend: { label: string; lines: readonly PromiseCardLine[] };
  advocate: { label: string; lines: readonly PromiseCardLine[] };
  /** Short sentences on for whom and until when. */
  limits: readonly string[];
  terms: { label: string; text: string } | null;
  stored: { label: string; paragraphs: readonly string[] };
  /** The one field and the one button. */
  children: ReactNode;
};

/**
 * The friend's page: who invites, what both get and on which terms, and only then the question. On
 * a wide screen the question stands beside it, so that nobody has to look for the button.
 * Words in, nothing fetched, so that the dashboard shows the same page as a preview.
 */
export function InviteView(props: InviteViewProps) {
  const { heading, lead, friend, advocate, limits, terms, stored, children } = props;
  return (
    <article className="@container">
      <div
        className={
          "flex flex-col gap-5 @3xl:grid @3xl:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] " +
          "@3xl:items-start @3xl:gap-x-12 @3xl:gap-y-8"
        }
      >
        <header className="flex flex-col gap-2.5 @3xl:col-span-2">
          <h1
            className={
              "text-[1.75rem]/9 font-semibold tracking-tight text-balance " +
              "[overflow-wrap:anywhere] @3xl:text-4xl/11"
            }
          >
            {heading}
          </h1>
          {lead ? <p className="text-base/7 text-ink-muted">{lead}</p> : null}
        </header>
        <div className="flex flex-col gap-3">
          {friend.lines.length > 0 ? <PromiseCard {...friend} /> : null}
          {advocate.lines.length > 0 ? <PromiseCard {...advocate} look="second" /> : null}
          {limits.length > 0 ? (
            <ul className="flex flex-wrap gap-x-4 text-sm/6 text-ink-muted">
              {limits.map((limit) => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          ) : null}
        </div>
        <div
          className={
            "flex flex-col gap-5 @3xl:rounded-card @3xl:border @3xl:border-line " +
            "@3xl:bg-surface @3xl:p-6"
          }
        >
          <div
            className={
              "flex flex-wrap gap-x-6 gap-y-2 border-y border-line py-3 " +
              "[&>details[open]]:basis-full @3xl:border-t-0 @3xl:pt-0 @3xl:pb-4"
            }
          >
            {terms ? (
              <Disclosure summary={terms.label}>
                <p className="whitespace-pre-line leading-6">{terms.text}</p>
              </Disclosure>
            ) : null}
            <Disclosure summary={stored.label}>
              {stored.paragraphs.map((paragraph) => (
                <p key={paragraph} className="mb-2 leading-6">
                  {paragraph}
                </p>
              ))}
            </Disclosure>
          </div>
          {children}
        </div>
      </div>
    </article>
  );
}
