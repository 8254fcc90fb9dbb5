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
    body:
      "Choose what advocates and friends earn, and for what, with a preview beside the form. " +
      "Once published, every promise is kept as it was made.",
  },
  {
    title: "Customers share",
    body:
      "By link, code or QR code. They follow each friend’s progress, and every reward has a " +
      "receipt with its status, its reason and its expiry date.",
  },
  {
    title: "Friends arrive",
    body:
      "They see who invited them, what both get and the terms before we ask for anything. " +
      "Then it’s one field and one button.",
  },
];

const PROMISES = [
  ["Paid once", "However often or late an order arrives, it earns one reward for each side."],
  [
    "To the cent",
    "Money, credit and points are kept in a double-entry ledger that is checked every night.",
  ],
  ["Reversed fairly", "A refund reverses exactly what it had earned, line by line."],
  [
    "Yours alone",
    "It runs on your own server with one PostgreSQL database and sends no data elsewhere.",
  ],
] as const;

/** The front door: what Goodword is, and how to sign in or sign up. */
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
          <TextLink href="/docs">API and integration docs</TextLink>
        </>
      }
    >
      <Hero />
      <Sides />
      <Promises />
    </SiteShell>
  );
}

function Hero() {
  return (
    <div className="grid items-center gap-12 lg:grid-cols-[1.15fr_1fr] lg:gap-20">
      <div>
        <h1 className="max-w-xl text-4xl font-semibold tracking-tight text-balance sm:text-6xl">
          A good word, rewarded on both sides.
        </h1>
        <p className="mt-6 max-w-lg text-lg text-ink-muted">
          Goodword is a referral program you run yourself. A customer puts in a good word, a friend
          buys, both are rewarded, and you see what it was worth.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/sign-up" size="lg" variant="primary">
            Create your account
          </ButtonLink>
          <ButtonLink href="/docs" size="lg" variant="secondary">
            Read the docs
          </ButtonLink>
        </div>
      </div>
      <Receipt />
    </div>
  );
}

function Sides() {
  return (
    <section aria-labelledby="sides" className="mt-24 sm:mt-32">
      <h2 id="sides" className="text-2xl font-semibold tracking-tight">
        How it works
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
  );
}

function Promises() {
  return (
    <section aria-labelledby="promises" className="mt-20 sm:mt-28">
      <h2 id="promises" className="text-2xl font-semibold tracking-tight">
        What you can rely on
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
  );
}
