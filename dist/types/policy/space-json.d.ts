import { type Space } from "../envs/spaces.js";
/** A space as plain JSON data. */
export declare function spaceToJson(space: Space): unknown;
/** The reverse of `spaceToJson`. Throws `invalid-space`, in few words: nobody wrote it by hand. */
export declare function spaceFromJson(json: unknown): Space;
