import type { Environment, ResetOptions } from "../../src/envs/environment.ts";

// Three environments as a user would write them: plain objects that know nothing of the kit. Each comes with what an
// untrained policy scores, what the best one can, and from where on the task counts as learned (undiscounted return,
// mean over episodes).

export interface OwnTask {
  readonly name: string;
  readonly make: () => Environment;
  /** About what a policy with fresh weights scores. */
  readonly untrained: number;
  readonly learned: number;
  readonly optimum: number;
}

/** A small random stream that `save` can carry. */
interface Random {
  state: number;
  next(): number;
}

/** Linear congruences modulo 2^32, the upper bits of which serve here. */
function randomStream(): Random {
  return {
    state: 1,
    next() {
      this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
      return this.state / 4294967296;
    },
  };
}

function reseed(random: Random, options: ResetOptions | undefined): void {
  if (options?.seed === undefined) return;
  random.state = options.seed >>> 0;
  for (let i = 0; i < 4; i++) random.next();
}

/** What an environment remembers, as bytes and back. */
function savedNumbers(random: Random, state: Record<string, number>): Required<Pick<Environment, "save" | "restore">> {
  return {
    save: () => new Uint8Array(Float64Array.of(random.state, ...Object.values(state)).buffer),
    restore(bytes) {
      const [stream, ...values] = new Float64Array(bytes.slice().buffer);
      random.state = stream!;
      Object.keys(state).forEach((name, i) => (state[name] = values[i]!));
    },
  };
}

const corridorLength = 9;
const corridorLimit = 60;

/**
 * Discrete, sparse: a corridor with a key at its left end and a door at its right. The only reward, 1, waits behind
 * the door for who carries the key; 60 steps. Starts in the middle.
 */
export function keyAndDoor(): Environment {
  const random = randomStream();
  const now = { place: 0, hasKey: 0, elapsed: 0 };
  const observe = (): Float32Array => Float32Array.of(now.place, now.hasKey);
  return {
    name: "KeyAndDoor",
    observationSpace: { kind: "box", shape: [2], low: 0, high: [corridorLength - 1, 1] },
    actionSpace: { kind: "discrete", n: 2 },
    reset(options) {
      reseed(random, options);
      Object.assign(now, { place: 3 + Math.floor(3 * random.next()), hasKey: 0, elapsed: 0 });
      return { observation: observe(), info: {} };
    },
    step(action: number) {
      now.place = Math.max(0, Math.min(corridorLength - 1, now.place + (action === 1 ? 1 : -1)));
      now.elapsed++;
      if (now.place === 0) now.hasKey = 1;
      const terminated = now.hasKey === 1 && now.place === corridorLength - 1;
      const truncated = !terminated && now.elapsed >= corridorLimit;
      return { observation: observe(), reward: terminated ? 1 : 0, terminated, truncated, info: {} };
    },
    ...savedNumbers(random, now),
  };
}

const flightSteps = 100;
const flightTime = 0.1;

/**
 * Continuous: a mass in the plane, pushed by a force in [-1, 1]^2 against some friction, is to reach a target and to
 * stay there; each step costs the distance. 100 steps.
 */
export function pointMass(): Environment {
  const random = randomStream();
  const now = { x: 0, y: 0, vx: 0, vy: 0, targetX: 0, targetY: 0, elapsed: 0 };
  const observe = (): Float32Array => Float32Array.of(now.x, now.y, now.vx, now.vy, now.targetX, now.targetY);
  const anywhere = (): number => 2 * random.next() - 1;
  return {
    name: "PointMass",
    observationSpace: { kind: "box", shape: [6], low: -Infinity, high: Infinity },
    actionSpace: { kind: "box", shape: [2], low: -1, high: 1 },
    reset(options) {
      reseed(random, options);
      Object.assign(now, { x: anywhere(), y: anywhere(), vx: 0, vy: 0 });
      Object.assign(now, { targetX: anywhere(), targetY: anywhere(), elapsed: 0 });
      return { observation: observe(), info: {} };
    },
    step(force: ArrayLike<number>) {
      now.vx += flightTime * (2 * force[0]! - 0.5 * now.vx);
      now.vy += flightTime * (2 * force[1]! - 0.5 * now.vy);
      now.x += flightTime * now.vx;
      now.y += flightTime * now.vy;
      now.elapsed++;
      const [dx, dy] = [now.x - now.targetX, now.y - now.targetY];
      const reward = -Math.sqrt(dx * dx + dy * dy);
      return { observation: observe(), reward, terminated: false, truncated: now.elapsed >= flightSteps, info: {} };
    },
    ...savedNumbers(random, now),
  };
}

const maze = [
  ". . # . .",
  ". # . . .",
  ". . . # .",
  "# # . # .",
  "G . . # .",
].map((row) => row.split(" "));
const mazeWidth = 5;
const mazeLimit = 50;
const freeCells = maze.flatMap((row, y) => row.flatMap((cell, x) => (cell === "." ? [y * mazeWidth + x] : [])));

/**
 * Grid: 5 x 5 cells with walls, seen as one number; every step costs 1 until the goal. Starts on any free cell; 50
 * steps.
 */
export function mazeGrid(): Environment {
  const random = randomStream();
  const now = { cell: 0, elapsed: 0 };
  const moves = [[0, -1], [1, 0], [0, 1], [-1, 0]] as const;
  return {
    name: "MazeGrid",
    observationSpace: { kind: "discrete", n: mazeWidth * mazeWidth },
    actionSpace: { kind: "discrete", n: 4 },
    reset(options) {
      reseed(random, options);
      Object.assign(now, { cell: freeCells[Math.floor(freeCells.length * random.next())]!, elapsed: 0 });
      return { observation: now.cell, info: {} };
    },
    step(action: number) {
      const [dx, dy] = moves[action]!;
      const [x, y] = [(now.cell % mazeWidth) + dx, Math.floor(now.cell / mazeWidth) + dy];
      const cell = maze[y]?.[x] ?? "#";
      if (cell !== "#") now.cell = y * mazeWidth + x;
      now.elapsed++;
      const terminated = cell === "G";
      const truncated = !terminated && now.elapsed >= mazeLimit;
      return { observation: now.cell, reward: -1, terminated, truncated, info: {} };
    },
    ...savedNumbers(random, now),
  };
}

export const ownTasks: readonly OwnTask[] = [
  { name: "KeyAndDoor", make: keyAndDoor, untrained: 0.2, learned: 0.95, optimum: 1 },
  { name: "PointMass", make: pointMass, untrained: -185, learned: -15, optimum: -7.7 },
  { name: "MazeGrid", make: mazeGrid, untrained: -47, learned: -6.8, optimum: -6.2 },
];
