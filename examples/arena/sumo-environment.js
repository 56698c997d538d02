// The game as an environment to learn in: the learner is disc 0, the scripted player disc 1.
import { dashPause, distanceToEdge, makeMatch, matRadius, placeDiscs, play } from "./sumo.js";
import { scriptedPlayer } from "./scripted-player.js";

/** What disc `me` sees: both discs from its own side, and who may dash. */
export function observe(match, me) {
  const [self, other] = [match.discs[me], match.discs[1 - me]];
  return [
    self.x / matRadius, self.y / matRadius, self.vx / 5, self.vy / 5,
    (other.x - self.x) / matRadius, (other.y - self.y) / matRadius, other.vx / 5, other.vy / 5,
    self.rest / dashPause, other.rest / dashPause,
    distanceToEdge(match, self) / matRadius, distanceToEdge(match, other) / matRadius, match.radius / matRadius,
  ];
}

export default function makeSumo() {
  const match = makeMatch();
  let random = 1;
  const draw = () => (random = (random * 48271) % 2147483647) / 2147483647;
  return {
    name: "Sumo",
    observationSpace: { kind: "box", shape: [13], low: -Infinity, high: Infinity },
    actionSpace: { kind: "multi-discrete", nvec: [9, 2] },
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;
      placeDiscs(match, draw(), draw());
      return { observation: observe(match, 0), info: {} };
    },
    step(action) {
      play(match, action, scriptedPlayer(match, 1));
      const reward = match.loser === 1 ? 1 : match.loser >= 0 ? -1 : 0;
      return {
        observation: observe(match, 0), reward, info: {},
        terminated: match.loser >= 0, truncated: false,
      };
    },
  };
}
