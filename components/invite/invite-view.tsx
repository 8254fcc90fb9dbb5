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
 * The friend's page: who invites, what the friend gets, and the one question, all in sight on a
 * phone; what the advocate gets, the terms and what is stored come below. On a wide screen the
 * question stands beside it.
 * Words in, nothing fetched, so that the dashboard shows the same page as a preview.
 */
export function InviteView(props: InviteViewProps) {
  const { heading, lead, friend, children } = props;
  return (
    <article className="@container">
      <div
        className={
          "flex flex-col gap-5 @3xl:grid @3xl:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] " +
          "@3xl:grid-rows-[auto_auto_1fr] @3xl:items-start @3xl:gap-x-12"
        }
      >
        <header className="flex flex-col gap-2.5 @3xl:col-span-2 @3xl:mb-3">
          <h1
            className={
              "text-[1.625rem]/8 font-semibold tracking-tight text-balance " +
              "[overflow-wrap:anywhere] @3xl:text-4xl/11"
            }
          >
            {heading}
          </h1>
          {lead ? <p className="text-base/7 text-ink-muted">{lead}</p> : null}
        </header>
        {friend.lines.length > 0 ? <PromiseCard {...friend} /> : null}
        <div
          className={
            "@3xl:col-start-2 @3xl:row-span-2 @3xl:row-start-2 @3xl:rounded-card @3xl:border " +
            "@3xl:border-line @3xl:bg-surface @3xl:p-6"
          }
        >
          {children}
        </div>
        <Details {...props} />
      </div>
    </article>
  );
}

/** What the other side gets, and everything that one may want to read first. */
function Details({ advocate, limits, terms, stored }: InviteViewProps) {
  return (
    <div className="mt-3 flex flex-col gap-4 @3xl:mt-0">
      {advocate.lines.length > 0 ? <PromiseCard {...advocate} look="second" /> : null}
      {limits.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 text-sm/6 text-ink-muted">
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      ) : null}
      <div
        className={
          "flex flex-wrap gap-x-6 gap-y-2 border-t border-line pt-4 " +
          "[&>details[open]]:basis-full"
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
    </div>
  );
}
