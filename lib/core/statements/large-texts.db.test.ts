import { expect, it } from "vitest";
import { prismaFor } from "../db";
import { largeText } from "./large-texts";
import { rowsAsJson } from "./pending-writes";

const db = () => prismaFor("goodword_app");

it("reaches the database as it is, however often one statement names it", async () => {
  const text = "é漢 \\ ' $1 ".repeat(1_000);
  const sent = largeText(text);
  const [row] = await db().$queryRaw<[{ one: string; other: string; small: string }]>`
    SELECT ${sent}::text AS one, ${sent}::text AS other, ${largeText("small")}::text AS small`;
  expect(row).toEqual({ one: text, other: text, small: "small" });
});

it("refuses a second statement with the same text instead of sending its name", async () => {
  const sent = largeText("x".repeat(5_000));
  await db().$queryRaw`SELECT ${sent}::text`;
  await expect(db().$queryRaw`SELECT ${sent}::text`).rejects.toThrow("with a second statement");
});

it("brings rows to PostgreSQL whatever their texts and numbers are", async () => {
  const rows = [
    { text: "half \ud83d, whole \ud83d\ude00, \\ud83d as words", big: 2n ** 62n, at: new Date(0) },
    { text: "\\".repeat(3), big: null, at: null },
    { text: "much ".repeat(2_000), big: -1n, at: null },
  ];
  const found = await db().$queryRaw<{ text: string; big: bigint | null }[]>`
    SELECT text, big
    FROM json_to_recordset(${rowsAsJson(rows)}::json) AS r (text text, big bigint)`;
  expect(found).toEqual([
    { text: "half \ufffd, whole \ud83d\ude00, \\ud83d as words", big: 2n ** 62n },
    { text: "\\".repeat(3), big: null },
    { text: "much ".repeat(2_000), big: -1n },
  ]);
});
