import type { Geometry, Potential } from "./geometry.js";
type Facts = Pick<Geometry, "id" | "name" | "formula"> & Partial<Pick<Geometry, "project" | "divergence">>;
/**
 * The geometry of h(p) = sum_a phi(p_a). Its projection is p_a = (phi')^{-1}(y_a - nu) with the one nu that makes the
 * sum 1 (AMPO, the omega-potentials of Alfano et al. 2023, where phi' is called phi^{-1}): one root finder for every
 * map, unless `facts` brings a closed form.
 */
export declare function separable(facts: Facts, potential: Potential): Geometry;
export {};
