import { squaredNorm } from "../../maps/geometry/squared-norm.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** Projected Q-ascent: mirror descent under the squared norm. It reaches the optimum after finitely many steps. */
export const projectedAscent = exactMethod({
  id: "projected-ascent",
  name: "Projected Q-ascent",
  paper: "Xiao 2022; Johnson, Pike-Burke, Rebeschini 2023",
  parameters: { stepSize: 0.1 },
  choices: (_, { stepSize }) => ({ geometry: squaredNorm, stepSize: constantStep(stepSize) }),
});
