/**
 * A program's terms as data: what the form, the API and the published version hold, and what the
 * rules read. Amounts are decimal strings in the program's currency; percentages are basis points;
 * times are ISO 8601 with a zone. A field that a later version of this product added is optional:
 * terms published before stand as they are.
 */
export * from "./benefits";
export * from "./conditions";
export * from "./rules";
export * from "./terms";
export * from "./triggers";
