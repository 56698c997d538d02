import type { Geometry } from "../maps/geometry/geometry.js";
import { type Mdp } from "./mdp.js";
/** What is drawn: a path for each map and step size. */
export interface GeometryOptions {
    readonly geometries: readonly Geometry[];
    readonly stepSizes: readonly number[];
    readonly iterations: number;
    /** Values of the three actions. */
    readonly signal?: readonly [number, number, number];
    readonly start?: readonly [number, number, number];
    /** A further anchor, and its weight. */
    readonly magnet?: readonly [number, number, number];
    readonly magnetWeight?: number;
    readonly temperature?: number;
}
/** Paths of mirror descent on a bandit of three actions, on its simplex, as SVG. */
export declare function simplexPaths(options: GeometryOptions): string;
/** How far the values are from the best, max_s V*(s) - V(s), by iteration and on a logarithmic scale, as SVG. */
export declare function valueGaps(mdp: Mdp, options: Pick<GeometryOptions, "geometries" | "stepSizes" | "iterations">): string;
