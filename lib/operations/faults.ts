import type { IncomingMessage, ServerResponse } from "node:http";
import { REQUEST_HEADER, type RequestFault, takeFault } from "./request-faults";
import { type Replacement, replaceAnswer } from "./answers/replaced-answers";

let asked = 0;

/**
 * Lets a page that failed over no fault of ours say so: 503 with `Retry-After` where the database
 * did not answer or a shop is asked for too much at once, 400 where the form that was sent is
 * none. Next would answer all of them 500.
 */
export function tellFaults(request: IncomingMessage, response: ServerResponse): void {
  const number = String((asked += 1));
  request.headers[REQUEST_HEADER] = number;
  replaceAnswer(response, (status) => {
    const fault = takeFault(number);
    return fault && status === 500 ? PAGES[fault] : null;
  });
  // One that failed after it was answered is not asked about any more.
  response.once("close", () => takeFault(number));
}

const PAGES: Record<RequestFault, Replacement> = {
  unreadable: page(400, "This form did not arrive whole", "Go back and send it again."),
  unavailable: later("We cannot reach our database"),
  overloaded: later("Too many ask for this page right now"),
};

function later(title: string): Replacement {
  return {
    ...page(503, title, "Nothing is lost. Try again in a moment."),
    headers: { "retry-after": "2" },
  };
}

function page(status: number, title: string, words: string): Replacement {
  return {
    status,
    type: "text/html; charset=utf-8",
    body: `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<h1>${title}</h1><p>${words}</p></html>
`,
  };
}
