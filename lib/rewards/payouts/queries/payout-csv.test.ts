import { expect, it } from "vitest";
import type { PayoutDetails } from "../../destinations/schema";
import { payoutCsv } from "./payout-csv";

const HEAD =
  "\ufeffname,email,customer id,amount,currency,reward ids,pay by,account holder,pay to\r\n";
const amount = { minor: 1250n, asset: "USD/2" } as const;
const person = {
  customerId: "cus_1",
  customerRef: "c-1",
  name: "Ana, the first",
  email: "ana@example.com",
  rewardIds: ["rwd_1", "rwd_2"],
};

it("writes a line per person, with amounts as decimals", () => {
  expect(payoutCsv([{ ...person, amount, details: null }])).toBe(
    `${HEAD}"Ana, the first",ana@example.com,c-1,12.50,USD,rwd_1 rwd_2,,,\r\n`,
  );
});

it("says where the money goes, and gives a spreadsheet no formula", () => {
  const line = (details: PayoutDetails) =>
    payoutCsv([{ ...person, name: "Ana", amount, details }])
      .slice(HEAD.length)
      .replace("Ana,ana@example.com,c-1,12.50,USD,rwd_1 rwd_2,", "");
  const iban = "DE89370400440532013000";
  expect(line({ kind: "iban", holder: "Ana Hoxha", iban })).toBe(`IBAN,Ana Hoxha,${iban}\r\n`);
  expect(line({ kind: "iban", holder: '=HYPERLINK("x")', iban })).toBe(
    `IBAN,"'=HYPERLINK(""x"")",${iban}\r\n`,
  );
  expect(line({ kind: "paypal", paypal: "-ana@example.com" })).toBe(
    "PayPal,,'-ana@example.com\r\n",
  );
  expect(line({ kind: "other", details: "@SUM(A1:A9);=1+1" })).toBe(
    `other,,"'@SUM(A1:A9);'=1+1"\r\n`,
  );
});
