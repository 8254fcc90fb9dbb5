import { Agent, createServer, request as httpRequest, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { ingest } from "./ingest";
import { answerHot } from "./node-http";
import type { IngestAnswer } from "../schema";
import { createTestKey } from "../testing";

let shop: Scope;
let key: string;
let server: Server;
let port: number;

beforeAll(async () => {
  shop = await createTestMerchant();
  key = await createTestKey(shop);
  server = createServer(
    (request, response) => void answerHot(request, response, "192.0.2.1", ingest),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const purchase = (orderId: string, total = "10.00") => ({
  type: "purchase",
  id: orderId,
  customer: { id: "c" },
  order: { id: orderId, total, currency: "USD" },
});

function post(agent: Agent, body: unknown): Promise<IngestAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        port,
        host: "127.0.0.1",
        agent,
        method: "POST",
        path: "/api/v1/events",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      },
      (response) => {
        let text = "";
        response
          .on("data", (chunk) => (text += chunk))
          .on("end", () => resolve(JSON.parse(text) as IngestAnswer));
      },
    );
    sent.on("error", reject).end(JSON.stringify(body));
  });
}

function count(begin: string): Promise<number> {
  return inScope(shop, ({ db, merchantId }) =>
    db.event.count({ where: { merchantId, dedupeKey: { startsWith: begin } } }),
  );
}

it("keeps one of 200 equal purchases; another body under its id is a conflict", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => post(agent, purchase("o-1"))),
  );
  expect(answers.filter((answer) => answer.accepted === 1)).toHaveLength(1);
  expect(answers.filter((answer) => answer.duplicates === 1)).toHaveLength(199);
  expect(await post(agent, purchase("o-1", "11.00"))).toMatchObject({
    rejected: [{ code: "idempotency_conflict", path: "id" }],
  });
  expect(await count("id:o-1")).toBe(1);
  agent.destroy();
});

it("keeps nothing of a batch that is cut half-way, and all of it when it comes again", async () => {
  const events = Array.from({ length: 500 }, (_, index) => purchase(`cut-${index}`));
  const body = JSON.stringify({ events });
  const head =
    `POST /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise<void>((resolve) =>
    socket.write(head + body.slice(0, body.length / 2), () => resolve()),
  );
  await setTimeout(100);
  socket.destroy();
  await setTimeout(200);
  expect(await count("id:cut-")).toBe(0);

  // All of it is sent, but nobody waits for the answer: kept or not, sending again makes it whole.
  const impatient = connect(port, "127.0.0.1");
  impatient.on("error", () => {});
  await new Promise<void>((resolve) => impatient.write(head + body, () => resolve()));
  impatient.destroy();
  const agent = new Agent();
  const answer = await post(agent, { events });
  expect(answer.accepted + answer.duplicates).toBe(500);
  expect(await count("id:cut-")).toBe(500);
});
