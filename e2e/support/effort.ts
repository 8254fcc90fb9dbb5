import type { Locator } from "@playwright/test";

/** What a person did: values that they typed or chose, and presses. */
export class Effort {
  fields = 0;
  presses = 0;

  async fill(field: Locator, text: string): Promise<void> {
    this.fields += 1;
    await field.fill(text);
  }

  async choose(field: Locator, value: string): Promise<void> {
    this.fields += 1;
    await field.selectOption(value);
  }

  async press(control: Locator): Promise<void> {
    this.presses += 1;
    await control.click();
  }

  /** "7 fields, 1 press" */
  toString(): string {
    return `${many(this.fields, "field", "fields")}, ${many(this.presses, "press", "presses")}`;
  }
}

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
