import { expect, it } from "vitest";
import { payoutCsv } from "./payout-csv";

it("writes a line per person, with amounts as decimals", () => {
  const person = {
    customerId: "cus_1",
    customerRef: "c-1",
    name: "Ana, the first",
    email: "ana@example.com",
    rewardIds: ["rwd_1", "rwd_2"],
  };
  expect(payoutCsv([{ ...person, amount: { minor: 1250n, asset: "USD/2" } }])).toBe(
    "\ufeffname,email,customer id,amount,currency,reward ids\r\n" +
      '"Ana, the first",ana@example.com,c-1,12.50,USD,rwd_1 rwd_2\r\n',
  );
});
