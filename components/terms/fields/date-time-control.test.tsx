import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TermsShopContext } from "../terms-shop-context";
import { DateTimeControl } from "./date-time-control";

/** The inputs of the control as it is drawn: what is seen, and what is sent. */
function drawn(value: string, timeZone: string) {
  const html = renderToStaticMarkup(
    <TermsShopContext value={{ currency: "EUR", timeZone, tiers: [], pools: [] }}>
      <DateTimeControl
        field={{ name: "at", label: "Starts", control: "date-time" }}
        name="benefit.at"
        value={value}
        inPoints={false}
        onChange={() => {}}
      />
    </TermsShopContext>,
  );
  return [...html.matchAll(/value="([^"]*)"/g)].map((match) => match[1]);
}

describe("a date and time in the shop's zone", () => {
  it.each([
    // The clock goes forward on March 28 and back on October 31, both at night.
    ["2027-03-28T19:00:00+02:00", "2027-03-28T19:00"],
    ["2027-03-28T01:30:00+01:00", "2027-03-28T01:30"],
    ["2027-10-31T19:00:00+01:00", "2027-10-31T19:00"],
    ["2027-10-31T01:30:00+02:00", "2027-10-31T01:30"],
    // Another system may have said it in another zone.
    ["2027-03-28T17:00:00Z", "2027-03-28T19:00"],
  ])("shows %s as %s in Berlin, and sends it as it is", (at, shown) =>
    expect(drawn(at, "Europe/Berlin")).toEqual([shown, at]),
  );

  it("shows nothing for no time", () => expect(drawn("", "Europe/Berlin")).toEqual(["", ""]));
});
