import { expect, it } from "vitest";
import { csvLine } from "./csv";

it("writes a line that spreadsheets read back, and run nothing of", () => {
  expect(csvLine(["Ana", 12, null, "-3.50"])).toBe("Ana,12,,-3.50\r\n");
  expect(csvLine(['She said "yes"', "a, b", "two\nlines"])).toBe(
    '"She said ""yes""","a, b","two\nlines"\r\n',
  );
  expect(csvLine(['=HYPERLINK("http://x")', "+1-2", "@SUM(A1)", "-2+3"])).toBe(
    '"\'=HYPERLINK(""http://x"")",\'+1-2,\'@SUM(A1),\'-2+3\r\n',
  );
  expect(csvLine([" =1", "\t=1", "\u00a0@x"])).toBe("' =1,'\t=1,'\u00a0@x\r\n");
  expect(csvLine(["\r=1"])).toBe('"\'\r=1"\r\n');
});
