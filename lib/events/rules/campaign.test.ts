import { describe, expect, it } from "vitest";
import { campaignOf, contextOf } from "./campaign";

const read = (query: string) => campaignOf(new URLSearchParams(query));

describe("the campaign of a link", () => {
  it.each(
    (
      "utm_source utm_medium utm_campaign utm_term utm_content utm_id utm_source_platform " +
      "gclid gbraid wbraid dclid gclsrc gad_source fbclid msclkid ttclid twclid li_fat_id igshid " +
      "igsh epik ScCid rdt_cid yclid mc_cid mc_eid irclickid click_id srsltid UTM_Source"
    ).split(" "),
  )("keeps %s", (name) => {
    expect(read(`c=copy&${name}=A%20b.1`)).toEqual([[name, "A b.1"]]);
  });

  it("keeps nothing else", () => {
    expect(read("c=copy&click=clk_1&code=ANNA&next=//evil.example&utm=1&utm_=2&id=3")).toEqual([]);
    expect(read("utm_source=&gclid=%20")).toEqual([]);
  });

  it("keeps the first of two, what is seen of it, and no more than has room", () => {
    expect(read("utm_source=a&utm_source=b")).toEqual([["utm_source", "a"]]);
    expect(read("utm_source=%00new%E2%80%AEs%0A&gclid=%ff%ED%A0%80x")).toEqual([
      ["utm_source", "news"],
      ["gclid", expect.stringMatching(/x$/)],
    ]);
    expect(read(`gclid=${"x".repeat(9_000)}`)[0]![1]).toHaveLength(500);
    const many = Array.from({ length: 90 }, (_, n) => `utm_x${"y".repeat(n % 30)}${n}=1`);
    expect(read(many.join("&"))).toHaveLength(20);
  });

  it("forgives what stands behind a pasted link", () => {
    expect(read("utm_source=a.&gclid=Cj0_a-).")).toEqual([
      ["utm_source", "a."],
      ["gclid", "Cj0_a-"],
    ]);
  });

  it("tells an event's own fields", () => {
    expect(contextOf(read("utm_source=news&UTM_Medium=email&utm_campaign=may&gclid=1"))).toEqual({
      source: "news",
      medium: "email",
      campaign: "may",
    });
  });
});
