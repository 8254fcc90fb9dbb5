import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Pages that submit a form after a press of another button, to ask first. */
const AFTER_A_PRESS = ["components/program/form/program-form.tsx"];

const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path}`),
);

it("no page submits a form by itself: a sign-in link is spent by a person's press", () => {
  const submitting = sources.filter((path) =>
    /requestSubmit\(|\.submit\(\)|http-equiv="refresh"/i.test(readFileSync(path, "utf8")),
  );
  expect(submitting).toEqual(AFTER_A_PRESS);
});

it("only actions spend a link, never the drawing of a page", () => {
  const spending = sources.filter((path) =>
    /\b(?:spend\w*Token|enterWithLink|signInByLink|resetPassword|acceptInvite)\(/.test(
      readFileSync(path, "utf8"),
    ),
  );
  expect(spending.filter((path) => !path.endsWith("/actions.ts"))).toEqual([]);
  expect(spending.length).toBeGreaterThan(3);
});
