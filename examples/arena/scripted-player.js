// The built-in opponent: keeps to the inside of the other disc, runs at it, dashes when it points outward, and returns
// to the middle when it is near the edge itself.
import { directions, distanceToEdge } from "./sumo.js";

/** What disc `me` of the match does: [direction, dash]. */
export function scriptedPlayer(match, me) {
  const [self, other] = [match.discs[me], match.discs[1 - me]];
  if (distanceToEdge(match, self) < Math.min(1.2, match.radius / 3)) return [nearest(-self.x - self.vx / 2, -self.y - self.vy / 2), 0];
  const ahead = 0.25;   // s: aims at where the other will be
  const [dx, dy] = [other.x + ahead * other.vx - self.x, other.y + ahead * other.vy - self.y];
  const close = dx * dx + dy * dy < 4;
  const pushesOutward = dx * other.x + dy * other.y > 0;
  return [nearest(dx, dy), close && pushesOutward ? 1 : 0];
}

/** The direction of the eight that points most along (x, y). */
function nearest(x, y) {
  let [best, along] = [0, 1e-6];
  for (let i = 1; i < directions.length; i++) {
    const value = x * directions[i][0] + y * directions[i][1];
    if (value > along) [best, along] = [i, value];
  }
  return best;
}
