import { BregmanError } from "../error.ts";
import { boxSize, highAt, lowAt, type Space } from "../envs/spaces.ts";

// JSON has no Infinity, and bounds may be typed arrays.

/** A space as plain JSON data. */
export function spaceToJson(space: Space): unknown {
  return JSON.parse(JSON.stringify(space, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, numberToJson);
    return typeof value === "number" ? numberToJson(value) : value;
  }));
}

/** The reverse of `spaceToJson`. Throws `invalid-space`, in few words: nobody wrote it by hand. */
export function spaceFromJson(json: unknown): Space {
  const space = JSON.parse(JSON.stringify(json), (_, value: unknown) =>
    value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value) as Space;
  if (!isSpace(space)) throw new BregmanError("invalid-space", "a space in it is malformed");
  return space;
}

/** Whether `validateSpace` would pass it. */
function isSpace(space: Space): boolean {
  switch (space.kind) {
    case "box": {
      if (!space.shape.every(isCount)) return false;
      const size = boxSize(space);
      const perElement = [space.low, space.high].filter((bound) => typeof bound !== "number");
      if (!perElement.every(({ length }) => length === size)) return false;
      for (let i = 0; i < (perElement.length > 0 ? size : 1); i++) {
        if (!(lowAt(space, i) <= highAt(space, i))) return false;
      }
      return true;
    }
    case "discrete": return isCount(space.n) && Number.isSafeInteger(space.start ?? 0);
    case "multi-discrete": return space.nvec.length > 0 && space.nvec.every(isCount);
    case "multi-binary": return isCount(space.n);
    case "dict":
    case "tuple": {
      const parts = Object.values(space.spaces);
      return parts.length > 0 && parts.every(isSpace);
    }
    default: return false;
  }
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n > 0;
}

function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
