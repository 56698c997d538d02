import { BregmanError } from "../error.ts";

/** Throws `invalid-option` unless every number is above 0; Infinity is. */
export function expectPositive(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value > 0)) throw new BregmanError("invalid-option", `${name}: expected a positive number, got ${value}`);
  }
}

/** Throws `invalid-option` unless every number is an integer from 1 on. */
export function expectCounts(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new BregmanError("invalid-option", `${name}: expected a positive integer, got ${value}`);
  }
}
