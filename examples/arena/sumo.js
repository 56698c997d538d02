// The game itself, without pictures and without learning: two discs on a round mat, each may push in eight directions
// and dash now and then; who leaves the mat loses, and the mat shrinks, so that no match lasts. Only + - * / and roots:
// every browser plays the same match.

export const matRadius = 5;
export const discRadius = 0.6;
/** Seconds of one tick; a player decides anew every `ticksPerDecision` ticks. */
export const tick = 1 / 60;
export const ticksPerDecision = 4;
/** The mat shrinks from this second on, by so many metres a second, until one disc has no place left. */
const shrinkFrom = 5;
const shrinkSpeed = 0.3;

const thrust = 9;             // m/s^2
const drag = 1.4;             // 1/s
const dashSpeed = 4.5;        // m/s, added at once
export const dashPause = 1.5; // s between two dashes
const bounce = 0.9;           // speed kept when discs meet, beside a small kick
const kick = 0.8;             // m/s

/** Directions 0 to 8: none, then eight around, beginning at the right, clockwise on the screen. */
const diagonal = 0.7071067811865476;
export const directions = [
  [0, 0], [1, 0], [diagonal, diagonal], [0, 1], [-diagonal, diagonal],
  [-1, 0], [-diagonal, -diagonal], [0, -1], [diagonal, -diagonal],
];

export function makeMatch() {
  const disc = (x) => ({ x, y: 0, vx: 0, vy: 0, rest: 0 });
  return { discs: [disc(-2.5), disc(2.5)], seconds: 0, radius: matRadius, loser: -1 };
}

/** Discs opposite each other, somewhere on a circle: `u` and `v` are numbers in [0, 1) that say where. */
export function placeDiscs(match, u, v) {
  const around = 8 * u;
  const [from, to] = [Math.floor(around), Math.floor(around) + 1].map((i) => directions[1 + (i % 8)]);
  const share = around - Math.floor(around);
  const distance = 1.5 + 1.5 * v;
  match.discs.forEach((disc, i) => {
    const side = i === 0 ? distance : -distance;
    disc.x = side * (from[0] + share * (to[0] - from[0]));
    disc.y = side * (from[1] + share * (to[1] - from[1]));
    disc.vx = disc.vy = disc.rest = 0;
  });
  match.seconds = 0;
  match.radius = matRadius;
  match.loser = -1;
}

/** Lets a disc dash, if it may, in its direction. Called once per decision. */
export function decide(disc, [direction, dash]) {
  if (!dash || disc.rest > 0 || direction === 0) return;
  disc.vx += dashSpeed * directions[direction][0];
  disc.vy += dashSpeed * directions[direction][1];
  disc.rest = dashPause;
}

/** One tick; `first` and `second` are the directions in which the discs push. */
export function advance(match, first, second) {
  const [a, b] = match.discs;
  move(a, directions[first]);
  move(b, directions[second]);
  collide(a, b);
  match.seconds += tick;
  match.radius = matRadius - shrinkSpeed * Math.max(0, match.seconds - shrinkFrom);
  const [outA, outB] = [distanceToEdge(match, a) < 0, distanceToEdge(match, b) < 0];
  if (outA || outB) match.loser = outA && outB ? 2 : outA ? 0 : 1;
}

/** A whole decision of both players. */
export function play(match, first, second) {
  decide(match.discs[0], first);
  decide(match.discs[1], second);
  for (let i = 0; i < ticksPerDecision && match.loser < 0; i++) advance(match, first[0], second[0]);
}

export const distanceToEdge = ({ radius }, { x, y }) => radius - Math.sqrt(x * x + y * y);

function move(disc, [dx, dy]) {
  disc.vx += tick * (thrust * dx - drag * disc.vx);
  disc.vy += tick * (thrust * dy - drag * disc.vy);
  disc.x += tick * disc.vx;
  disc.y += tick * disc.vy;
  disc.rest = Math.max(0, disc.rest - tick);
}

/** Equal discs exchange their speeds along the line between them, and are set apart. */
function collide(a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.sqrt(dx * dx + dy * dy);
  const overlap = 2 * discRadius - distance;
  if (overlap <= 0 || distance === 0) return;
  const [nx, ny] = [dx / distance, dy / distance];
  const closing = (a.vx - b.vx) * nx + (a.vy - b.vy) * ny;
  const change = closing > 0 ? closing * (1 + bounce) / 2 + kick : 0;
  a.x -= nx * overlap / 2;
  a.y -= ny * overlap / 2;
  b.x += nx * overlap / 2;
  b.y += ny * overlap / 2;
  a.vx -= change * nx;
  a.vy -= change * ny;
  b.vx += change * nx;
  b.vy += change * ny;
}
