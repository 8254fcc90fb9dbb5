import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { asOwner, createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { queueMessage, queueUserMessage } from "./queue-message";
import { deliverDueMessages } from "./deliver-messages";
import { listMessages, messageById, messageCounts } from "../queries";
import { type SendEmail, smtpSenderFor } from "./smtp";
import { testEmails } from "../testing";

let scope: Scope;

const signIn = (recipient: string, causeKey = newId("msg")) => ({
  causeKey,
  template: "customer_sign_in" as const,
  customerId: null,
  recipient,
  locale: "en",
  data: { url: `http://localhost:3000/refer/tell/enter?token=secret-${recipient}`, minutes: 30 },
});
const messagesTo = (recipient: string) => testEmails(scope, { recipient });
const makeDue = () =>
  inScope(scope, ({ db }) =>
    db.message.updateMany({
      where: { merchantId: scope.merchantId },
      data: { nextTryAt: new Date(0) },
    }),
  );

beforeAll(async () => {
  scope = await createTestMerchant();
});

describe("queueMessage", () => {
  it("writes one email per cause, however often, and none when the fact is undone", async () => {
    const written = await Promise.all(
      Array.from({ length: 6 }, () => queueMessage(scope, signIn("once@example.com", "cause:1"))),
    );
    expect(written.filter(Boolean)).toHaveLength(1);
    await expect(
      inScope(scope, async (tx) => {
        await queueMessage(tx, signIn("never@example.com"));
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await messagesTo("never@example.com")).toEqual([]);
    await deliverDueMessages(null);
  });
});

describe("deliverDueMessages", () => {
  it("keeps email to be read where there is no email server", async () => {
    await queueMessage(scope, signIn("kept@example.com"));
    expect((await deliverDueMessages(null)).kept).toBe(1);
    const [email] = await messagesTo("kept@example.com");
    expect(email).toMatchObject({ state: "kept" });
    expect((await messageById(scope, email!.id)).text).toContain("token=secret-kept");
  });

  it("sends each email once from several workers at once, and forgets the link in it", async () => {
    await Promise.all(
      Array.from({ length: 45 }, (_, index) =>
        queueMessage(scope, signIn(`many-${index}@example.com`)),
      ),
    );
    const sent: string[] = [];
    const send: SendEmail = async (email) => {
      sent.push(email.to);
    };
    const reports = await Promise.all([1, 2, 3].map(() => deliverDueMessages(send)));
    expect(sent).toHaveLength(45);
    expect(new Set(sent).size).toBe(45);
    expect(reports.reduce((sum, report) => sum + report.sent, 0)).toBe(45);
    const [email] = await messagesTo("many-7@example.com");
    expect(email).toMatchObject({ state: "sent", attempts: 1, lastError: null });
    const row = await inScope(scope, ({ db, merchantId }) =>
      db.message.findUniqueOrThrow({ where: { merchantId_id: { merchantId, id: email!.id } } }),
    );
    expect(JSON.stringify(row)).not.toContain("secret");
  });

  it("sends and shows what was decided, whatever the shop is now", async () => {
    const shop = await createTestMerchant();
    const rename = (name: string) =>
      inScope(shop, ({ db, merchantId }) =>
        db.merchant.update({ where: { id: merchantId }, data: { name } }),
      );
    await rename("Old Tea");
    await queueMessage(shop, signIn("reader@example.com"));
    await rename("New Tea");
    const now = new Date();
    await inScope(shop, ({ db, merchantId }) =>
      db.message.create({
        data: {
          merchantId,
          id: newId("msg"),
          causeKey: "from before",
          template: "joined",
          recipient: "early@example.com",
          locale: "en",
          subject: "Words of then",
          text: "Once said",
          html: "<p>Once said</p>",
          state: "queued",
          createdAt: now,
          nextTryAt: now,
        },
      }),
    );
    const subjects = async () =>
      (await listMessages(shop, { limit: 10 })).rows.map(({ subject }) => subject).sort();
    const before = await subjects();
    expect(before).toEqual(["Words of then", expect.stringContaining("Old Tea")]);
    const sent: string[] = [];
    await deliverDueMessages(async ({ subject }) => void sent.push(subject));
    expect(sent.sort()).toEqual(before);
    expect(await subjects()).toEqual(before);
  });

  it("sends a few of each shop's, so that none waits for another shop's many", async () => {
    const other = await createTestMerchant();
    for (let index = 0; index < 50; index += 1)
      await queueMessage(scope, signIn(`import-${index}@example.com`));
    await queueMessage(other, signIn("single@example.com"));
    const sent: string[] = [];
    const send: SendEmail = async (email) => void sent.push(email.to);
    await deliverDueMessages(send);
    expect(sent).toContain("single@example.com");
    expect(sent).toHaveLength(21);
    while ((await deliverDueMessages(send)).sent > 0);
    expect(new Set(sent).size).toBe(51);
  });

  it("tries again with growing waits and gives up after eight tries", async () => {
    await queueMessage(scope, signIn("down@example.com"));
    const failing: SendEmail = async () => {
      throw new Error("connect ECONNREFUSED");
    };
    expect((await deliverDueMessages(failing)).retried).toBe(1);
    // Not due yet: nothing to do.
    expect(await deliverDueMessages(failing)).toEqual({ sent: 0, kept: 0, retried: 0, failed: 0 });
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      await makeDue();
      await deliverDueMessages(failing);
    }
    expect((await messagesTo("down@example.com"))[0]).toMatchObject({
      state: "failed",
      attempts: 8,
      lastError: "connect ECONNREFUSED",
    });
  });

  it("never sends a sandbox's email", async () => {
    await queueMessage(await testSandbox(scope), signIn("sandbox@example.com"));
    const sent: string[] = [];
    const report = await deliverDueMessages(async (email) => void sent.push(email.to));
    expect([report.kept, sent]).toEqual([1, []]);
  });

  it("sends members their links, outside of every shop's outbox", async () => {
    await queueUserMessage(prismaFor("goodword_app"), {
      template: "member_reset",
      recipient: "owner@example.com",
      data: { url: "https://x.example/reset", minutes: 30 },
    });
    const sent: string[] = [];
    await deliverDueMessages(async (email) => void sent.push(email.text));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain("https://x.example/reset");
    const [row] = await asOwner<{ state: string; html: string }>(
      "SELECT state, html FROM user_message WHERE recipient = 'owner@example.com'",
    );
    expect(row).toMatchObject({ state: "sent" });
    expect(row!.html).not.toContain("reset");
  });
});

describe("by SMTP", () => {
  const received: string[] = [];
  let server: Server;

  /** The least of an email server: takes every email but those to "nobody". */
  beforeAll(async () => {
    server = createServer((socket) => {
      let inData = false;
      let email = "";
      socket.write("220 test\r\n");
      socket.on("data", (chunk) => {
        for (const line of chunk.toString("utf8").split("\r\n")) {
          if (inData && line === ".") {
            received.push(email);
            [inData, email] = [false, ""];
            socket.write("250 taken\r\n");
          } else if (inData) email += `${line}\n`;
          else if (/^EHLO|^HELO/.test(line)) socket.write("250 test\r\n");
          else if (line.startsWith("RCPT TO:<nobody")) socket.write("550 no such user\r\n");
          else if (line.startsWith("DATA")) {
            inData = true;
            socket.write("354 go on\r\n");
          } else if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
          else if (line !== "") socket.write("250 ok\r\n");
        }
      });
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  it("names the shop as sender, unsubscribes by one click, gives up on the unknown", async () => {
    const { port } = server.address() as AddressInfo;
    const send = smtpSenderFor(`smtp://127.0.0.1:${port}`, "Goodword <no-reply@refer.example.com>");
    const customer = await inScope(scope, ({ db }) =>
      db.customer.create({
        data: {
          merchantId: scope.merchantId,
          id: newId("cus"),
          email: "reader@example.com",
          traits: {},
          createdAt: new Date(),
          firstSeenAt: new Date(),
        },
      }),
    );
    await queueMessage(scope, {
      causeKey: "reversed:1",
      template: "reward_reversed",
      customerId: customer.id,
      recipient: "reader@example.com",
      locale: "zh",
      data: {
        programName: "好友",
        programSlug: "tell",
        rewardId: "rwd_1",
        benefit: "立减 10%",
        part: null,
        wasReleased: true,
        reason: "refunded",
        words: null,
      },
    });
    await queueMessage(scope, signIn("nobody@example.com"));
    const report = await deliverDueMessages(send);
    expect(report).toMatchObject({ sent: 1, failed: 1 });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/^From: Test shop <no-reply@refer\.example\.com>$/m);
    expect(received[0]).toMatch(
      /^List-Unsubscribe:\s+<http:\/\/localhost:3000\/unsubscribe\/\S+\/one-click>$/m,
    );
    expect(received[0]).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(received[0]).toMatch(/^Message-ID: <msg_\w+@refer\.example\.com>$/m);
  });
});

describe("the outbox", () => {
  it("filters, pages and counts", async () => {
    const counts = await messageCounts(scope);
    expect(counts).toMatchObject({ queued: 0, failed: 2 });
    const failed = await listMessages(scope, { state: "failed", limit: 10 });
    expect(failed.rows.map((row) => row.recipient).sort()).toEqual([
      "down@example.com",
      "nobody@example.com",
    ]);
    const first = await listMessages(scope, {
      recipient: "MANY-",
      template: "customer_sign_in",
      limit: 30,
    });
    const second = await listMessages(scope, {
      recipient: "many-",
      limit: 30,
      cursor: first.nextCursor!,
    });
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(45);
    expect(second.nextCursor).toBeNull();
  });

  it("shows nothing of another shop", async () => {
    const other = await createTestMerchant();
    expect((await listMessages(other, { limit: 10 })).rows).toEqual([]);
    const { rows } = await listMessages(scope, { limit: 1 });
    await expect(messageById(other, rows[0]!.id)).rejects.toMatchObject({ code: "not_found" });
  });
});
