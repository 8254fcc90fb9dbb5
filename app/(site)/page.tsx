import type { Metadata } from "next";
import { Wordmark } from "@/components/brand/wordmark";
import { Receipt } from "@/components/site/receipt";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { SiteShell } from "@/components/ui/shell/site-shell";

export const metadata: Metadata = {
  title: { absolute: "Goodword: a referral program on your own server" },
};

const SIDES = [
  {
    title: "You set it up",
    body: "What each side gets, for what, and until when: one page, with your friend's view beside it. Publish, and every promise stays as it was made.",
  },
  {
    title: "Customers share",
    body: "A link, a spoken code, a QR. They see how each friend gets on, and for every reward a receipt that says which state, why, and until when.",
  },
  {
    title: "Friends arrive",
    body: "Who invites, what both get and on which terms, before anything is asked. Then one field and one button.",
  },
];

const PROMISES = [
  [
    "Paid once",
    "The same order sent twice, at once, late or out of order earns one reward a side.",
  ],
  [
    "To the cent",
    "Money, credit and points live in one double-entry ledger that is added up again each night.",
  ],
  ["Taken back fairly", "A refund calls back what it had earned, line by line, each part once."],
  ["Yours alone", "One process and one PostgreSQL on your server. Nothing is sent anywhere else."],
] as const;

/** The front door: what this is, and the ways in. */
export default function HomePage() {
  return (
    <SiteShell
      lang="en"
      brand={<Wordmark />}
      actions={
        <>
          <ButtonLink href="/docs" variant="quiet">
            Docs
          </ButtonLink>
          <ButtonLink href="/sign-in" variant="secondary">
            Sign in
          </ButtonLink>
        </>
      }
      footer={
        <>
          <span>Goodword runs on your own server.</span>
          <TextLink href="/docs">API and integration</TextLink>
        </>
      }
    >
      <div className="grid items-center gap-12 lg:grid-cols-[1.15fr_1fr] lg:gap-20">
        <div>
          <h1 className="max-w-xl text-4xl font-semibold tracking-tight text-balance sm:text-6xl">
            A good word, rewarded on both sides.
          </h1>
          <p className="mt-6 max-w-lg text-lg text-ink-muted">
            Goodword is a referral program that you run yourself. A customer puts in a good word, a
            friend comes, both are rewarded, and you see what it was worth.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            <ButtonLink href="/sign-up" size="lg" variant="primary">
              Open a shop
            </ButtonLink>
            <ButtonLink href="/docs" size="lg" variant="secondary">
              Read the docs
            </ButtonLink>
          </div>
        </div>
        <Receipt />
      </div>

      <section aria-labelledby="sides" className="mt-24 sm:mt-32">
        <h2 id="sides" className="text-2xl font-semibold tracking-tight">
          Three people, one story
        </h2>
        <ol className="mt-8 grid gap-8 sm:grid-cols-3">
          {SIDES.map(({ title, body }, index) => (
            <li key={title} className="border-t border-line pt-5">
              <span className="text-sm text-ink-muted tabular-nums">{index + 1}</span>
              <h3 className="mt-1 text-lg font-medium">{title}</h3>
              <p className="mt-2 text-ink-muted">{body}</p>
            </li>
          ))}
        </ol>
      </section>

      <section aria-labelledby="promises" className="mt-20 sm:mt-28">
        <h2 id="promises" className="text-2xl font-semibold tracking-tight">
          What it never gets wrong
        </h2>
        <dl className="mt-8 grid gap-x-12 gap-y-8 sm:grid-cols-2">
          {PROMISES.map(([title, body]) => (
            <div key={title}>
              <dt className="text-lg font-medium">{title}</dt>
              <dd className="mt-1 text-ink-muted">{body}</dd>
            </div>
          ))}
        </dl>
      </section>
    </SiteShell>
  );
}
