import { CodeBlock, Words } from "@/components/docs/code-block";
import { SigningExample } from "@/components/keys/signing-example";
import { ERRORS } from "../api/v1/errors";

export const GUIDE = [
  { id: "keys", title: "Keys" },
  { id: "amounts", title: "Amounts, times, ids" },
  { id: "once", title: "Sending twice" },
  { id: "lists", title: "Lists" },
  { id: "test-mode", title: "Test mode" },
  { id: "sign-in", title: "Signing customers in" },
  { id: "web-page", title: "From a web page" },
  { id: "errors", title: "Errors" },
  { id: "health", title: "Health" },
] as const;

/** What holds for every endpoint, before the endpoints themselves. */
export function Guide({ origin }: { origin: string }) {
  return (
    <>
      <Section id="keys">
        <p>
          <Words>
            {
              "Keys are made in the dashboard under Settings, API keys, and shown once. Send one as `Authorization: Bearer …`. The key says whose shop it is; nothing in a request can name another one."
            }
          </Words>
        </p>
        <ul className="ml-5 flex list-disc flex-col gap-1">
          <li>
            <Words>
              {"`gw_live_…` is secret and may do everything here. Keep it on your server."}
            </Words>
          </li>
          <li>
            <Words>{"`gw_test_…` is secret too and reaches test mode only."}</Words>
          </li>
          <li>
            <Words>
              {
                "`gw_pub_…` may stand in a web page: it sends events that move no money, and reads public program data."
              }
            </Words>
          </li>
        </ul>
      </Section>
      <Section id="amounts">
        <p>
          <Words>
            {
              'Amounts are decimal texts with a currency, `"49.90"` and `"USD"`; points have the currency `PTS`. Times are ISO 8601 with a zone. A customer goes by your own id where you gave one, else by ours; either is taken wherever a customer is named. A program is named by its id or its slug.'
            }
          </Words>
        </p>
      </Section>
      <Section id="once">
        <p>
          <Words>
            {
              "Whatever you send again counts once. An event's `id` is its idempotency key: the same id with the same body is a duplicate, with another body it is rejected as `idempotency_conflict`. A purchase without an `id` goes by its `order.id`. A customer is found by your id, else by address; a referral stands once for each friend in a program. So after a broken connection, just send again."
            }
          </Words>
        </p>
      </Section>
      <Section id="lists">
        <p>
          <Words>
            {
              'Lists come newest first, 50 rows unless `limit` says otherwise (200 at most), as `{ "data": […], "nextCursor": "…" }`. Send `nextCursor` back as `cursor` for the next page; null means there is none. A filter that does not exist is refused, so that a typing error does not fetch everything.'
            }
          </Words>
        </p>
      </Section>
      <Section id="test-mode">
        <p>
          <Words>
            {
              "A test key works in a shop apart, with its own customers, referrals and rewards, which are never counted. Programs that you publish are there too, under the same id and slug. Move its clock with `POST /api/v1/test-clock` to see holds pass."
            }
          </Words>
        </p>
      </Section>
      <Section id="sign-in">
        <p>
          <Words>
            {
              "Let a customer who is signed in at your shop arrive signed in on their referral page: lead them to it with a token that your server signs, a JWT under HS256 that is valid for an hour or so (24 at most). Its key is made from your secret key, as here."
            }
          </Words>
        </p>
        <SigningExample origin={origin} />
      </Section>
      <Section id="web-page">
        <p>
          <Words>
            {
              "A friend who is led to your shop arrives with `?code=…&click=…`. Keep both, send what happens, and hand them to your server at checkout, so that its purchase event carries them too."
            }
          </Words>
        </p>
        <CodeBlock label="In your pages" code={snippetFor(origin)} copy />
      </Section>
      <Section id="errors">
        <p>
          <Words>
            {
              "A refusal looks like this. Programs read `code`; `message` is for people and may change; `path` says where in the request."
            }
          </Words>
        </p>
        <CodeBlock
          label="A refusal"
          code={JSON.stringify(
            {
              error: {
                code: "invalid_request",
                message: "Say why, in a few words.",
                path: "reason",
                docs: "/docs#error-invalid-request",
              },
            },
            null,
            2,
          )}
        />
        <dl className="divide-y divide-line border-y border-line text-sm">
          {ERRORS.map(({ code, status, meaning }) => (
            <div
              key={code}
              id={`error-${code.replaceAll("_", "-")}`}
              className="grid scroll-mt-6 gap-x-4 gap-y-0.5 py-2.5 target:bg-accent-soft sm:grid-cols-[15rem_1fr]"
            >
              <dt className="font-mono text-[0.8125rem]">
                <span className="figure text-ink-muted">{status}</span> {code}
              </dt>
              <dd className="text-ink-muted">
                <Words>{meaning}</Words>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section id="health">
        <p>
          <Words>
            {
              "`GET /api/health` answers 200 while the process lives. `GET /api/ready` answers 200 when it can do its work, else 503, and says which part is missing: the database, a migration, or a worker (`late` means that work waits for more than two minutes). Neither takes a key."
            }
          </Words>
        </p>
      </Section>
    </>
  );
}

function Section({
  id,
  children,
}: {
  id: (typeof GUIDE)[number]["id"];
  children: React.ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="flex max-w-3xl scroll-mt-6 flex-col gap-3 text-[0.9375rem]/6"
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold tracking-tight">
        {GUIDE.find((part) => part.id === id)!.title}
      </h2>
      {children}
    </section>
  );
}

function snippetFor(origin: string): string {
  return `<script>
  const arrived = new URLSearchParams(location.search);
  for (const name of ["code", "click"]) {
    if (arrived.has(name)) localStorage.setItem("goodword_" + name, arrived.get(name));
  }
  function goodword(type, event = {}) {
    return fetch("${origin}/api/v1/events", {
      method: "POST",
      keepalive: true,
      headers: { authorization: "Bearer gw_pub_…", "content-type": "application/json" },
      body: JSON.stringify({
        type,
        code: localStorage.getItem("goodword_code"),
        clickId: localStorage.getItem("goodword_click"),
        ...event,
      }),
    });
  }
  // goodword("sign_up", { customer: { id: "c-1002", email: "ben@example.com" } });
</script>`;
}
