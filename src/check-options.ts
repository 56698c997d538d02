import { BregmanError } from "./error.ts";

// What options may be; each throws `invalid-option`. Those left out are fine.

export function checkCount(name: string, value: unknown): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || (value as number) < 1)) {
    throw new BregmanError("invalid-option", `${name}: expected a whole number of at least 1, got ${String(value)}`);
  }
}

/** The same where nothing may be left out. */
export function expectCount(name: string, value: unknown): asserts value is number {
  checkCount(name, value ?? null);
}

export function checkChoice(name: string, value: unknown, accepted: readonly string[], also = ""): void {
  if (value === undefined || accepted.includes(value as string)) return;
  const listed = accepted.map((each) => `"${each}"`).join(", ");
  throw new BregmanError("invalid-option",
    `${name}: expected ${listed}${also}, got ${JSON.stringify(value) ?? String(value)}`);
}
