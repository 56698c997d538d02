import type { Geometry } from "../maps/geometry/geometry.js";
/** A geometry by its name: kl, euclidean, log-barrier, tsallis-1.5, hyperbolic-0.1. Throws `invalid-option`. */
export declare function findGeometry(name: string): Geometry;
