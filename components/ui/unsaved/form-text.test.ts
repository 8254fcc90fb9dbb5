import { expect, it } from "vitest";
import { formText } from "./form-text";

function formOf(...fields: [string, string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

it("is the same for the same input, and another for any change", () => {
  const text = formText(formOf(["name", "Spring"], ["days", "14"]));
  expect(formText(formOf(["name", "Spring"], ["days", "14"]))).toBe(text);
  for (const changed of [
    formOf(["name", "Spring "], ["days", "14"]),
    formOf(["name", "Spring"]),
    formOf(["name", "Spring"], ["days", "14"], ["days", "14"]),
    formOf(["days", "14"], ["name", "Spring"]),
    formOf(["name", 'Spring"],["days","14'], ["days", ""]),
  ])
    expect(formText(changed)).not.toBe(text);
});

it("sees that a file was chosen, and nothing of what React adds", () => {
  const none = formText(formOf(["logo", new File([], "")]));
  expect(formText(formOf(["logo", new File(["x"], "logo.png")]))).not.toBe(none);
  expect(formText(formOf(["$ACTION_REF_1", ""], ["logo", new File([], "")]))).toBe(none);
});
