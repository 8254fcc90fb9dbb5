import { expect, test } from "vitest";
import { readEnvironment } from "./env";

const least = {
  DATABASE_URL: "postgresql://user:word@localhost/goodword",
  AUTH_SECRET: "s".repeat(32),
};

test("two variables are enough, and the rest has its default", () => {
  expect(readEnvironment(least)).toMatchObject({
    PORT: 3000,
    APP_URL: "http://localhost:3000",
    GOODWORD_ROLE: "all",
    LOG_LEVEL: "info",
    TRUST_PROXY: 0,
  });
});

test("an empty variable is a missing one, and an address loses the slash at its end", () => {
  const env = readEnvironment({
    ...least,
    PORT: "8080",
    SMTP_URL: "",
    APP_URL: "https://refer.example.com/",
  });
  expect(env.SMTP_URL).toBeUndefined();
  expect(env.APP_URL).toBe("https://refer.example.com");
});

test("what is missing or wrong is said in one line that names each", () => {
  expect(() => readEnvironment({})).toThrow(
    "The environment is not complete: AUTH_SECRET is missing; " +
      "DATABASE_URL (or DATABASE_APP_URL and DATABASE_GATE_URL) is missing. See .env.example.",
  );
  expect(() =>
    readEnvironment({ ...least, DATABASE_URL: "mysql://x/y", AUTH_SECRET: "short", PORT: "many" }),
  ).toThrow(
    /DATABASE_URL must be a postgresql:\/\/ address; PORT must .*; AUTH_SECRET needs at least 32/,
  );
  expect(() => readEnvironment({ ...least, GOODWORD_ROLE: "boss" })).toThrow(
    /GOODWORD_ROLE must be all, edge/,
  );
});

test("settings that need each other are asked for together", () => {
  expect(() => readEnvironment({ ...least, SMTP_URL: "smtp://mail.example.com" })).toThrow(
    /MAIL_FROM is needed/,
  );
  expect(() => readEnvironment({ ...least, GOOGLE_CLIENT_ID: "id" })).toThrow(
    /GOOGLE_CLIENT_SECRET and GOOGLE_CLIENT_ID/,
  );
});

test("the owner's address can stay away where both roles have theirs", () => {
  const { AUTH_SECRET } = least;
  const DATABASE_APP_URL = "postgresql://goodword_app:one@localhost/goodword";
  const DATABASE_GATE_URL = "postgresql://goodword_gate:two@localhost/goodword";
  expect(() => readEnvironment({ AUTH_SECRET, DATABASE_APP_URL })).toThrow(/DATABASE_URL/);
  expect(readEnvironment({ AUTH_SECRET, DATABASE_APP_URL, DATABASE_GATE_URL })).toMatchObject({
    DATABASE_APP_URL,
    DATABASE_GATE_URL,
  });
  expect(() => readEnvironment({ ...least, DATABASE_POOLER: "session" })).toThrow(
    /DATABASE_POOLER must be transaction/,
  );
});

test("the app has a host name of its own, never a path below one", () => {
  expect(() => readEnvironment({ ...least, APP_URL: "https://example.com/refer" })).toThrow(
    /APP_URL must not have a path/,
  );
  expect(() => readEnvironment({ ...least, APP_URL: "https://example.com/?a=1" })).toThrow(
    /APP_URL must not have a path/,
  );
});
