import { expect, it } from "vitest";
import { readUnsubscribeToken } from "../rules/unsubscribe-link";
import { TEMPLATES } from "../schema";
import { isProgramEmail, renderCustomerEmail } from "./render";
import { wordsOf } from "./stored";
import { TEST_SHOP, testEmailData } from "./testing";

it.each(TEMPLATES)("%s says the same from its row as at once", (template) => {
  const data = testEmailData("Anna")[template];
  const content = { shop: TEST_SHOP, readerName: "Mira", data };
  const words = wordsOf({
    merchantId: "mer_1",
    customerId: "cus_1",
    template,
    locale: "sq",
    content: JSON.parse(JSON.stringify(content)),
    subject: null,
    text: null,
    html: null,
  });
  const token = /unsubscribe\/([\w-]+)/.exec(words.text)?.[1];
  expect(token && readUnsubscribeToken(token)).toEqual(
    isProgramEmail(template) ? { merchantId: "mer_1", customerId: "cus_1" } : undefined,
  );
  const unsubscribeUrl = token ? `http://localhost:3000/unsubscribe/${token}` : null;
  expect(words).toEqual(
    renderCustomerEmail({ ...content, template, locale: "sq", unsubscribeUrl }),
  );
});
