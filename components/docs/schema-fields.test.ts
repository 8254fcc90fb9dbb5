import { expect, it } from "vitest";
import { fieldRows, type SchemaNode, typeOf, variantsOf } from "./schema-fields";

const schema: SchemaNode = {
  type: "object",
  required: ["id", "lines"],
  properties: {
    id: { type: "string", description: "Yours." },
    limit: { type: "integer", default: 50 },
    reason: { anyOf: [{ type: "string" }, { type: "null" }] },
    who: {
      anyOf: [
        { type: "object", properties: { email: { type: "string" } }, required: ["email"] },
        { type: "null" },
      ],
    },
    lines: { type: "array", items: { type: "object", properties: { sku: { type: "string" } } } },
    terms: { $ref: "#/components/schemas/Terms" },
    rules: { type: "array", items: { $ref: "#/components/schemas/Rule" } },
    state: { type: "string", enum: ["held", "used"] },
    at: { type: "string", format: "date-time" },
  },
};

it("lays out an object's fields, those within it too, and leads to what is told elsewhere", () => {
  expect(fieldRows(schema)).toEqual([
    { name: "id", type: "text", reference: null, required: true, description: "Yours." },
    {
      name: "limit",
      type: "whole number",
      reference: null,
      required: false,
      description: "Default: 50.",
    },
    { name: "reason", type: "text or null", reference: null, required: false, description: "" },
    { name: "who", type: "object or null", reference: null, required: false, description: "" },
    { name: "who.email", type: "text", reference: null, required: true, description: "" },
    { name: "lines", type: "list of object", reference: null, required: true, description: "" },
    { name: "lines[].sku", type: "text", reference: null, required: false, description: "" },
    { name: "terms", type: "Terms", reference: "Terms", required: false, description: "" },
    { name: "rules", type: "list of Rule", reference: "Rule", required: false, description: "" },
    { name: "state", type: '"held", "used"', reference: null, required: false, description: "" },
    { name: "at", type: "time", reference: null, required: false, description: "" },
  ]);
});

it("names choices", () => {
  const either: SchemaNode = { anyOf: [{ type: "number" }, { type: "string" }, { type: "null" }] };
  expect(typeOf(either)).toBe("number or text or null");
  expect(variantsOf(either)).toHaveLength(2);
  expect(typeOf({})).toBe("anything");
  expect(typeOf({ type: "string", const: "join" })).toBe('"join"');
});
