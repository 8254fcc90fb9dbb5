import { describe, expect, it } from "vitest";
import { disposableDomain } from "./disposable-email";

describe("a disposable address", () => {
  it.each([
    ["tom@mailinator.com", "mailinator.com"],
    ["tom@yopmail.com", "yopmail.com"],
    ["tom@inbox.guerrillamail.com", "guerrillamail.com"],
  ])("is one that two lists name: %s", (email, domain) => {
    expect(disposableDomain(email)).toBe(domain);
  });

  it.each([
    "tom@gmail.com",
    "tom@proton.me",
    "tom@qq.com",
    "tom@example.com",
    "tom@mailinator.com.example.com",
  ])("is not %s", (email) => {
    expect(disposableDomain(email)).toBeNull();
  });

  it("is none that only one list names", () => {
    expect(disposableDomain("tom@addy.io")).toBeNull();
  });

  it.each([
    "a1b2@privaterelay.appleid.com",
    "tom@duck.com",
    "x@mozmail.com",
    "x@tom.mozmail.com",
    "x@relay.firefox.com",
    "x@simplelogin.com",
    "x@slmail.me",
    "x@aleeas.com",
    "x@8shield.net",
    "x@passmail.net",
  ])("is never a relay's: %s", (email) => {
    expect(disposableDomain(email)).toBeNull();
  });
});
