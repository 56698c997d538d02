import { dot } from "../maps/geometry/vectors.ts";


/** Steps that GMRES takes before it starts over, and how often it may. */
const longestCycle = 24;
const mostCycles = 60;

/** out = A v. */
export type Product = (v: Float64Array, out: Float64Array) => void;

/**
 * x with max |b - A x| <= `tolerance`, from the given x on, by restarted GMRES; in place. Returns the residual reached,
 * which is above the tolerance where the system is too hard for it.
 */
export function solveIteratively(apply: Product, right: Float64Array, x: Float64Array, tolerance: number): number {
  const basis = Array.from({ length: longestCycle + 1 }, () => new Float64Array(x.length));
  let before = Infinity;
  for (let cycle = 0; ; cycle++) {
    const residual = basis[0]!;
    apply(x, residual);
    for (let i = 0; i < x.length; i++) residual[i] = right[i]! - residual[i]!;
    const error = largest(residual);
    if (error <= tolerance || cycle === mostCycles || !(error < 0.9 * before)) return error;
    before = error;
    arnoldiCycle(apply, basis, x, tolerance);
  }
}

/** One cycle: the best correction of x in the Krylov space of the residual, which is basis[0]. */
function arnoldiCycle(
  apply: Product, basis: readonly Float64Array[], x: Float64Array, tolerance: number,
): void {
  const norm = scaleToUnit(basis[0]!);
  const columns: Float64Array[] = [];   // of the triangular factor of the Hessenberg matrix
  const turns: [number, number][] = [];
  const target = [norm];
  for (let k = 0; k < longestCycle && Math.abs(target[k]!) > tolerance / 4; k++) {
    const next = basis[k + 1]!;
    apply(basis[k]!, next);
    const column = new Float64Array(k + 2);
    for (let i = 0; i <= k; i++) {
      column[i] = dot(next, basis[i]!);
      addMultiple(next, -column[i]!, basis[i]!);
    }
    column[k + 1] = scaleToUnit(next);
    for (let i = 0; i < k; i++) turn(column, i, turns[i]!);
    turns.push(turnFor(column[k]!, column[k + 1]!));
    turn(column, k, turns[k]!);
    columns.push(column);
    const [cosine, sine] = turns[k]!;
    target.push(-sine * target[k]!);
    target[k] = cosine * target[k]!;
    if (column[k] === 0) break;
  }
  const weights = new Float64Array(columns.length);
  for (let i = columns.length - 1; i >= 0; i--) {
    let rest = target[i]!;
    for (let j = i + 1; j < columns.length; j++) rest -= columns[j]![i]! * weights[j]!;
    weights[i] = columns[i]![i] === 0 ? 0 : rest / columns[i]![i]!;
  }
  weights.forEach((weight, i) => addMultiple(x, weight, basis[i]!));
}

/** The rotation (c, s) that takes (a, b) to (r, 0). */
function turnFor(a: number, b: number): [number, number] {
  const r = Math.sqrt(a * a + b * b);
  return r === 0 ? [1, 0] : [a / r, b / r];
}

function turn(column: Float64Array, i: number, [cosine, sine]: readonly [number, number]): void {
  const [a, b] = [column[i]!, column[i + 1]!];
  column[i] = cosine * a + sine * b;
  column[i + 1] = cosine * b - sine * a;
}

function addMultiple(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}

/** Divides a vector by its length, which it returns. */
function scaleToUnit(v: Float64Array): number {
  const norm = Math.sqrt(dot(v, v));
  if (norm > 0) for (let i = 0; i < v.length; i++) v[i]! /= norm;
  return norm;
}

function largest(v: Float64Array): number {
  let result = 0;
  for (let i = 0; i < v.length; i++) result = Math.max(result, Math.abs(v[i]!));
  return result;
}
