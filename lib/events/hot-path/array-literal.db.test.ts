import fc from "fast-check";
import { expect, it } from "vitest";
import { poolFor } from "@/lib/core/db";
import { arrayOf } from "./array-literal";

it("reads back as what it was made of, whatever the texts hold", async () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0")),
    fc.constantFrom("NULL", "", "{}", "a,b", '"', "\\", '\\"', " ", "null"),
    fc.constant(null),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (values) => {
      const { rows } = await poolFor("goodword_gate").query<{ value: string | null }>(
        "SELECT value FROM unnest($1::text[]) WITH ORDINALITY AS t (value, place) ORDER BY place",
        [arrayOf(values, (value) => value)],
      );
      expect(rows.map((row) => row.value)).toEqual(values);
    }),
    { numRuns: 200 },
  );
});
