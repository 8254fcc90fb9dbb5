import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DatabaseRole, roleAddress } from "@/lib/core/database/address";
import { closeConnections } from "@/lib/core/db";
import { passwordHashOf } from "@/lib/auth/sign-in/password-hash";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";

const clients = {} as Record<DatabaseRole, pg.Client>;

beforeAll(async () => {
  for (const role of ["goodword_app", "goodword_gate"] as const) {
    clients[role] = new pg.Client({ connectionString: roleAddress(role) });
    await clients[role].connect();
  }
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.end();
  await closeConnections();
});

const denied = { code: "42501" };

/** What no row-level security covers, and what the gate sees of all merchants at once. */
const HIDDEN: Record<DatabaseRole, Record<string, readonly string[]>> = {
  goodword_app: {
    app_user: ["password_hash", "created_at"],
    login_token: ["created_at"],
    user_message: ["subject", "text", "html", "last_error"],
  },
  goodword_gate: {
    app_user: ["id", "email", "password_hash"],
    login_token: ["token_hash", "email", "payload"],
    user_message: ["recipient", "text"],
    user_session: ["id"],
    second_factor: ["secret"],
    recovery_code: ["code_hash"],
    customer: ["email", "name"],
    event: ["body"],
    event_inbox: ["last_error"],
    message: ["recipient", "subject", "text", "html"],
    api_key: ["token_key", "created_by"],
    member: ["created_at"],
    member_invite: ["invited_by"],
    merchant: ["support_email", "margin_bp"],
    program: ["draft", "name"],
    program_version: ["published_by"],
    reward: ["customer_id"],
    ledger_account: ["balance_minor"],
  },
};

describe.each(["goodword_app", "goodword_gate"] as const)("%s", (role) => {
  test.each(Object.entries(HIDDEN[role]))("does not read all of %s", async (table, columns) => {
    const ask = (sql: string) => clients[role].query(sql);
    await expect(ask(`SELECT * FROM ${table}`)).rejects.toMatchObject(denied);
    await expect(ask(`SELECT t FROM ${table} t`)).rejects.toMatchObject(denied);
    for (const column of columns)
      await expect(ask(`SELECT ${column} FROM ${table}`), column).rejects.toMatchObject(denied);
    await expect(ask(`DELETE FROM ${table} RETURNING *`)).rejects.toMatchObject(denied);
    await expect(ask(`UPDATE ${table} SET id = id`)).rejects.toMatchObject({
      code: expect.stringMatching(/^42(501|703)$/),
    });
    await expect(ask(`COPY ${table} TO STDOUT`)).rejects.toMatchObject(denied);
  });
});

test("the hash of a password is had one by one, by the application alone", async () => {
  const { userId } = await signUpMerchant({
    email: "ana@example.com",
    password: "correct horse battery",
    name: "Ana",
    shopName: "Bean",
    currency: "EUR",
    timeZone: "UTC",
  });
  expect(await passwordHashOf(userId)).toMatch(/^\$argon2id\$/);
  expect(await passwordHashOf("usr_nobody")).toBeNull();
  const ask = "SELECT goodword_password_hash($1)";
  await expect(clients.goodword_gate.query(ask, [userId])).rejects.toMatchObject(denied);
});
