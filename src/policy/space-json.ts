import type { Space } from "../envs/spaces.ts";

// JSON has no Infinity, and bounds may be typed arrays.

/** A space as plain JSON data. */
export function spaceToJson(space: Space): unknown {
  return JSON.parse(JSON.stringify(space, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, numberToJson);
    return typeof value === "number" ? numberToJson(value) : value;
  }));
}

/** The reverse of `spaceToJson`. */
export function spaceFromJson(json: unknown): Space {
  return JSON.parse(JSON.stringify(json), (_, value: unknown) =>
    value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value) as Space;
}

function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
