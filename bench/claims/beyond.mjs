// Claims about exact methods beyond one process and one policy: apprentices, preferences, restricted classes, tuning.
import { ApprenticeshipMirrorDescent, ballCosts, boxCosts, policyIteration, stateActionOccupancy } from "../../dist/tabular.js";
import { golden, short } from "./processes.mjs";

export const beyondClaims = [
  {
    entry: "M50", method: "online apprenticeship learning",
    claim: "the gap of the average policy falls at least as 1/sqrt K, against costs of the ball and of the box",
    run() {
      const expert = stateActionOccupancy(golden, policyIteration(golden).policy);
      const size = (k) => 1 / Math.sqrt(k + 1);
      const rows = [ballCosts(), boxCosts()].map((costs) => {
        const run = new ApprenticeshipMirrorDescent(golden, expert, { stepSize: size, costStepSize: size, costs });
        return [100, 400, 1600, 6400].map((k) => {
          while (run.iteration < k) run.step();
          return run.gap();
        });
      });
      return {
        figure: `gaps at 100, 400, 1600, 6400: ${rows.map((row) => row.map(short).join(", ")).join(" (ball); ")} (box)`,
        holds: rows.every((row) => row.every((gap, i) => i === 0 || gap < 0.6 * row[i - 1])),
      };
    },
  },
];
