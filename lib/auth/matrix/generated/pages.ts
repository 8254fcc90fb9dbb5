import { seededRandom } from "@/lib/core/math/random";
import type { GeneratedRequest, Material } from "./requests";
import { Values } from "./values";

/** Names that the addresses of our pages give to what they ask for. */
const QUESTIONS = [
  ..."from to compare until at_least atLeast unit mode cohorts who run tab page locale c".split(
    " ",
  ),
  ..."cursor limit search q state kind customer program reward order id reason version".split(" "),
  ..."next token email code refused visitor gw_click utm_source board season side".split(" "),
];
const ACTION = { "next-action": "0".repeat(42) };
const FIELD = "--tea\r\nContent-Disposition: form-data; name=";
const PART = 'Content-Disposition: form-data; name="1_name"\r\n\r\nTea\r\n';

/**
 * Makes requests for pages: any address that the folders of `app` give, with what is ours, a
 * rival's, or nobody's in its variable parts, and with questions that no form of ours asks.
 * @param paths as the folders have them: "/refer/[program]/join"
 * @param material `callers` are whole `Cookie` headers here; `fitting` is not used
 */
export function pageRequestMaker(
  paths: readonly string[],
  { seed, ids, callers }: Material,
): () => GeneratedRequest {
  const values = new Values({}, seededRandom(seed), ids);
  return () => {
    const path = values.pick(paths);
    const cookie = values.pick(callers);
    const query = Array.from({ length: values.below(4) }, () => {
      const value = values.chance(0.7) ? values.hostileText() : values.pick(ids);
      return `${values.pick(QUESTIONS)}=${escaped(value)}`;
    });
    const isSent = values.chance(0.15);
    return {
      operation: `page ${path}`,
      method: isSent ? "POST" : values.chance(0.05) ? values.pick(["HEAD", "PUT", "TRACE"]) : "GET",
      params: {},
      target: `${addressOf(path, values)}${query.length > 0 ? `?${query.join("&")}` : ""}`,
      headers: { ...(cookie !== null && { cookie }), ...(isSent && formHeaders(values)) },
      body: isSent ? formBody(values) : null,
    };
  };
}

function addressOf(path: string, values: Values): string {
  return path.replaceAll(/\[+(?:\.\.\.)?(\w+)\]+/g, () =>
    escaped(values.chance(0.75) ? values.pick(values.ids) : values.hostileText().slice(0, 500)),
  );
}

function escaped(text: string): string {
  return encodeURIComponent(Buffer.from(text.slice(0, 1_500)).toString());
}

function formHeaders(values: Values): Record<string, string> {
  return {
    ...(values.chance(0.5) && ACTION),
    "content-type": values.pick([
      "multipart/form-data; boundary=tea",
      "multipart/form-data; boundary=",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      "text/plain;charset=UTF-8",
      "application/json",
      "",
    ]),
  };
}

function formBody(values: Values): Buffer {
  return Buffer.from(
    values.pick([
      "",
      "[]",
      '["$K1"]',
      '["$@0","$F1","$B9"]',
      "name=Tea&name=%zz",
      "name=%00&__proto__=1",
      `--tea\r\n${PART}--tea--\r\n`,
      `--tea\r\n${PART}--te`,
      `${FIELD}"$ACTION_ID_${"0".repeat(42)}"\r\n\r\n\r\n--tea--\r\n`,
      `${FIELD}"$ACTION_REF_1"\r\n\r\n\r\n--tea\r\n${PART}--tea--`,
      "--tea\r\nContent-Disposition: form-data\r\n\r\n--tea--\r\n",
      "--other\r\n\r\n",
    ]),
  );
}
