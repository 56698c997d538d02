// What the person wants to do: [direction, dash], from keys or from a pointer on the canvas.
import { directions } from "./sumo.js";

const keys = {
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  KeyD: [1, 0], KeyA: [-1, 0], KeyW: [0, -1], KeyS: [0, 1],
};

/** Listens on the canvas; `toMat` turns a pointer event into a place on the mat. */
export function listen(canvas, toMat) {
  const held = new Set();
  let pointer;
  let dash = false;
  canvas.addEventListener("keydown", (event) => {
    if (event.code === "Space") dash = true;
    else if (keys[event.code]) held.add(event.code);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("keyup", ({ code }) => held.delete(code));
  canvas.addEventListener("blur", () => held.clear());
  canvas.addEventListener("pointerdown", (event) => {
    dash = event.pointerType !== "touch" || event.isPrimary === false;   // a second finger dashes
    if (event.isPrimary) pointer = toMat(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.isPrimary) pointer = toMat(event);
  });
  canvas.addEventListener("pointerleave", () => { pointer = undefined; });

  return function wish(disc) {
    let [x, y] = [0, 0];
    for (const code of held) [x, y] = [x + keys[code][0], y + keys[code][1]];
    if (held.size === 0 && pointer) [x, y] = [pointer.x - disc.x, pointer.y - disc.y];
    const answer = [nearestDirection(x, y), dash ? 1 : 0];
    dash = false;
    return answer;
  };
}

/** The direction of the eight that points most along (x, y); 0 for a short way. */
export function nearestDirection(x, y) {
  if (x * x + y * y < 0.04) return 0;
  const along = directions.map(([dx, dy]) => x * dx + y * dy);
  return along.indexOf(Math.max(...along));
}
