import autocannon from "autocannon";
import { BROWSER } from "@/lib/events/testing";

/**
 * One round of load, told by the parent process. `run` makes the ids of this round unlike those of
 * any other.
 */
export type Round = {
  kind: "clicks" | "events" | "batches";
  url: string;
  key: string;
  codes: string[];
  amount: number;
  connections: number;
  batchSize: number;
  run: string;
};

/** `answered` counts answers as they should be; anything else is in `wrong`. */
export type RoundResult = { seconds: number; answered: number; wrong: number };

function event(id: string): object {
  return {
    id,
    type: "purchase",
    occurredAt: "2026-03-01T10:00:00Z",
    visitorId: "visitor-of-the-bench",
    customer: { id: `customer-${id}`, email: `${id}@example.com`, name: "Ada Example" },
    order: {
      id: `order-${id}`,
      total: "49.90",
      currency: "USD",
      items: [
        { sku: "tea-green", name: "Green tea", quantity: 2, price: "10.00", category: "tea" },
        { sku: "cup-blue", name: "Blue cup", quantity: 1, price: "29.90", category: "cups" },
      ],
    },
    context: {
      channel: "email",
      source: "newsletter",
      url: "https://shop.example.com/thanks",
      locale: "en",
    },
  };
}

/** As many networks as there are clicks, almost. */
function addressOf(number: number): string {
  return `${11 + ((number >> 16) & 127)}.${(number >> 8) & 255}.${number & 255}.1`;
}

/** The body of every request of a round, with a mark where its number goes. */
function template({ kind, batchSize, run }: Round): string[] {
  const mark = "{number}";
  const body =
    kind === "batches"
      ? {
          events: Array.from({ length: batchSize }, (_, index) => event(`${run}-${mark}-${index}`)),
        }
      : event(`${run}-${mark}`);
  return JSON.stringify(body).split(mark);
}

async function load(round: Round): Promise<RoundResult> {
  const parts = template(round);
  const accepted = round.kind === "batches" ? round.batchSize : 1;
  const expected = `{"accepted":${accepted},"duplicates":0,"rejected":[],"warnings":[]}`;
  let number = 0;
  const nextRequest = (request: autocannon.Request): autocannon.Request => {
    number += 1;
    return round.kind === "clicks"
      ? {
          ...request,
          path: `/r/${round.codes[number % round.codes.length]}`,
          headers: { ...request.headers, "x-forwarded-for": addressOf(number) },
        }
      : { ...request, body: parts.join(String(number)) };
  };
  let answered = 0;
  let lastAt = 0;
  const startedAt = performance.now();
  const options: autocannon.Options = {
    url: round.url,
    amount: round.amount,
    connections: round.connections,
    timeout: 60,
    ...(round.kind !== "clicks" && { verifyBody: (body) => String(body) === expected }),
    requests: [
      {
        method: round.kind === "clicks" ? "GET" : "POST",
        path: round.kind === "clicks" ? "/r/" : "/api/v1/events",
        headers:
          round.kind === "clicks"
            ? { "user-agent": BROWSER, "accept-language": "en-US,en;q=0.9", accept: "text/html" }
            : { authorization: `Bearer ${round.key}`, "content-type": "application/json" },
        setupRequest: nextRequest,
      },
    ],
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, done) => (error ? reject(error) : resolve(done)));
    running.on("response", (_client, statusCode) => {
      if (statusCode === (round.kind === "clicks" ? 302 : 200)) answered += 1;
      lastAt = performance.now();
    });
  });
  return {
    seconds: (lastAt - startedAt) / 1000,
    answered,
    wrong: round.amount - answered + result.mismatches + result.errors,
  };
}

process.on("message", (round: Round) => {
  void load(round).then((result) => process.send?.(result));
});
process.send?.({ ready: true });
