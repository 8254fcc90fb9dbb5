import { gzipSync } from "node:zlib";
import { seededRandom } from "@/lib/core/math/random";
import { type JsonSchema, Values } from "./values";

/** The part of an OpenAPI document that says what may be sent. */
export type Described = {
  paths: Record<string, Record<string, DescribedOperation>>;
  components?: { schemas?: Record<string, JsonSchema> };
};

type DescribedOperation = {
  parameters?: { in: string; name: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example?: unknown }> };
};

/** A request as it goes over the wire. */
export type GeneratedRequest = {
  /** The operation that it was made from, such as "post /programs/{id}/replays". */
  operation: string;
  method: string;
  /** The values of the path's parameters, as written into the target before escaping. */
  params: Record<string, string>;
  /** The request target: path and query, as sent. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | null;
};

/** A request that an operation takes: what to begin with, and to break. */
export type Fitting = { params?: Record<string, string>; query?: string; body?: unknown };

/** What requests are made of, beside the description. */
export type Material = {
  /** The same seed gives the same requests. */
  seed: number;
  /** Texts that may stand for the id of something, our own as well as other tenants'. */
  ids: readonly string[];
  /** Values of `Authorization`; null for none. */
  callers: readonly (string | null)[];
  /** Requests that fit, by operation such as "post /programs/{id}/replays". */
  fitting: Readonly<Record<string, readonly Fitting[]>>;
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"];
const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "application/vnd.shop+json",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/form-data; boundary=tea",
  "application/x-www-form-urlencoded",
  "a",
  "",
];
const STRAYS = [
  "//",
  "/..",
  "/.",
  "/%zz",
  "/%",
  "/%00",
  "/%2e%2e/",
  "/%ff",
  "/\u{1f375}",
  "?",
  "/ ",
];

/**
 * Makes requests from a description of the API: valid ones, and ones with something wrong in the
 * method, the address, the parameters, the headers or the body.
 */
export function requestMaker(
  document: Described,
  { seed, ids, callers, fitting }: Material,
): () => GeneratedRequest {
  const values = new Values(document.components?.schemas ?? {}, seededRandom(seed), ids);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return () => {
    const { path, method, operation } = values.pick(operations);
    const name = `${method} ${path}`;
    const known = fitting[name] ?? [];
    const begun: Fitting = known.length > 0 && values.chance(0.7) ? values.pick(known) : {};
    const params = paramsOf(operation, begun, values);
    const authorization = values.pick(callers);
    const body = bodyOf(operation, begun, values);
    return {
      operation: name,
      method: values.chance(0.06) ? values.pick(METHODS) : method.toUpperCase(),
      params,
      target: `/api/v1${addressOf(path, params, values)}${queryOf(operation, begun, values)}`,
      headers: {
        ...(authorization !== null && { authorization }),
        ...headersOf(values, body !== null),
      },
      body,
    };
  };
}

function paramsOf(
  { parameters = [] }: DescribedOperation,
  begun: Fitting,
  values: Values,
): Record<string, string> {
  return Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === "path")
      .map(({ name, schema }) => [
        name,
        values.chance(0.15)
          ? values.hostileText()
          : (begun.params?.[name] ?? String(values.valid(schema))),
      ]),
  );
}

function addressOf(path: string, params: Record<string, string>, values: Values): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(params[name]!));
  if (!values.chance(0.04)) return address;
  return encodeURI(`${address}${values.pick(STRAYS)}`).replaceAll("%25", "%");
}

/** Percent escapes as a client writes them; half a letter has none. */
function escaped(text: string): string {
  return encodeURIComponent(Buffer.from(text.slice(0, 3_000)).toString());
}

function queryOf(
  { parameters = [] }: DescribedOperation,
  { query = "" }: Fitting,
  values: Values,
): string {
  if (query !== "" && values.chance(0.6)) return query;
  const pairs = parameters
    .filter((parameter) => parameter.in === "query" && values.chance(0.35))
    .flatMap(({ name, schema }) => {
      const value = values.chance(0.4) ? values.hostileText() : String(values.valid(schema));
      const pair = `${name}=${values.chance(0.03) ? "%zz" : escaped(value)}`;
      return values.chance(0.05) ? [pair, pair] : [pair];
    });
  if (values.chance(0.04)) pairs.push(`${escaped(values.hostileText())}=1`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function headersOf(values: Values, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  if (hasBody)
    headers["content-type"] = values.chance(0.9) ? "application/json" : values.pick(TYPES);
  if (values.chance(0.05))
    headers["idempotency-key"] = values.pick(["once", "x".repeat(300), "", "\u00e9", "a b"]);
  if (values.chance(0.02)) headers["content-encoding"] = values.pick(["gzip", "br", "nonsense"]);
  if (values.chance(0.02)) headers.cookie = values.pick(["gw_member=x", "gw_visitor=%zz", "=;=;"]);
  if (values.chance(0.02)) headers["next-action"] = values.pick(["x", "0".repeat(42)]);
  if (values.chance(0.02)) headers.rsc = "1";
  return headers;
}

function bodyOf(
  { requestBody }: DescribedOperation,
  begun: Fitting,
  values: Values,
): Buffer | null {
  const said = requestBody?.content["application/json"];
  if (!said) return values.chance(0.9) ? null : strayBody("{}", values);
  const example = begun.body ?? said.example;
  const value = values.chance(0.6) && example !== undefined ? example : values.valid(said.schema);
  const broken = values.chance(0.6) ? values.broken(value) : value;
  const text = JSON.stringify(values.chance(0.2) ? values.broken(broken) : broken);
  return values.chance(0.1) ? strayBody(text, values) : Buffer.from(text);
}

/** What is no JSON any more, or none that anybody should read. */
function strayBody(text: string, values: Values): Buffer | null {
  switch (values.below(9)) {
    case 0:
      return Buffer.from(text.slice(0, values.below(text.length)));
    case 1:
      return Buffer.from(`${text} tea`);
    case 2:
      return Buffer.from("[".repeat(20_000));
    case 3:
      return Buffer.from(`\ufeff${text}`);
    case 4:
      return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00])]);
    case 5:
      return gzipSync(text);
    case 6:
      return Buffer.from(
        `--tea\r\nContent-Disposition: form-data; name="file"\r\n\r\n${text}\r\n--te`,
      );
    case 7:
      return Buffer.alloc(1_100_000, " ");
    default:
      return null;
  }
}
