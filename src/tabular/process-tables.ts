import kernels from "../../dist/tabular.wasm";
import { wasmUnavailable } from "../devices/wasm-source.ts";
import { BregmanError } from "../error.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";

type Kernels = Record<"mix_rows" | "rows_times_vector" | "solve", (...args: number[]) => number> & {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
};

/** Numbers that the solver needs beside each column, and what its kernels may read past the end of a table. */
const packedRows = 48;
const spareBytes = 64;

type TableName = "transitions" | "matrix" | "policy" | "vector" | "result" | "factors" | "packed";

let compiled: WebAssembly.Module | undefined;

type Transitions = Pick<Mdp, "states" | "actions" | "transitions">;

/**
 * The tables of one process in WASM memory, where float64 kernels pass over them: P, the transitions M of the states
 * under the policy set last, and room to solve with I - discount M.
 */
class ProcessTables {
  readonly #mdp: Transitions;
  #discount = 0;
  readonly #kernels: Kernels;
  readonly #addresses: Readonly<Record<TableName, number>>;

  constructor(mdp: Transitions) {
    const { states, actions, transitions } = mdp;
    this.#mdp = mdp;
    compiled ??= compile();
    this.#kernels = new WebAssembly.Instance(compiled).exports as unknown as Kernels;
    let top = this.#kernels.__heap_base.value as number;
    const reserve = (count: number): number => {
      const address = Math.ceil(top / 64) * 64;
      top = address + 8 * count + spareBytes;
      return address;
    };
    this.#addresses = {
      transitions: reserve(states * actions * states), matrix: reserve(states * states),
      policy: reserve(states * actions), vector: reserve(states), result: reserve(states * actions),
      factors: reserve(states * states), packed: reserve(packedRows * (states + 4)),
    };
    grow(this.#kernels.memory, top);
    this.#view("transitions", transitions.length).set(transitions);
  }

  /** M = sum_a pi(a|s) P(.|s, a), and the discount, for what follows. */
  setPolicy(policy: TabularPolicy, discount: number): void {
    this.#discount = discount;
    const { states, actions } = this.#mdp;
    const { policy: weights, transitions, matrix } = this.#addresses;
    this.#view("policy", policy.length).set(policy);
    this.#kernels.mix_rows(weights, transitions, states, actions, states, matrix);
  }

  /** P v [S, A]: what v is expected to be after each action. The kernel's memory: copy it to keep it. */
  expect(v: Float64Array): Float64Array {
    const { states, actions } = this.#mdp;
    const { transitions, vector, result } = this.#addresses;
    this.#view("vector", states).set(v);
    this.#kernels.rows_times_vector(transitions, states * actions, states, vector, result);
    return this.#view("result", states * actions);
  }

  /** out = (I - discount M) v. */
  readonly apply = (v: Float64Array, out: Float64Array): void => {
    const { states } = this.#mdp;
    const discount = this.#discount;
    const { matrix, vector, result } = this.#addresses;
    this.#view("vector", states).set(v);
    this.#kernels.rows_times_vector(matrix, states, states, vector, result);
    const product = this.#view("result", states);
    for (let s = 0; s < states; s++) out[s] = v[s]! - discount * product[s]!;
  };

  /**
   * x of (I - discount M) x = b, or with the transposed of that matrix. "relative": column 0 is all ones instead, so
   * that x_0 is what the differences of the others leave over. Throws `numerical-failure` for a singular matrix.
   */
  solve(right: Float64Array, form: "plain" | "transposed" | "relative" = "plain"): Float64Array {
    const n = this.#mdp.states;
    const { factors, vector, packed } = this.#addresses;
    const matrix = this.#view("matrix", n * n);
    const system = this.#view("factors", n * n);
    const [row, column] = form === "transposed" ? [1, n] : [n, 1];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        system[i * row + j * column] = (i === j ? 1 : 0) - this.#discount * matrix[i * n + j]!;
      }
    }
    if (form === "relative") for (let i = 0; i < n; i++) system[i * n] = 1;
    this.#view("vector", n).set(right);
    const singular = this.#kernels.solve(factors, n, vector, packed);
    if (singular >= 0) {
      throw new BregmanError("numerical-failure", `solve: the matrix is singular (column ${singular} has no pivot)`);
    }
    return this.#view("vector", n).slice();
  }

  #view(name: TableName, length: number): Float64Array {
    return new Float64Array(this.#kernels.memory.buffer, this.#addresses[name], length);
  }
}

const tables = new WeakMap<Float64Array, ProcessTables>();

/**
 * The tables of a process, made when they are first asked for and kept as long as its transitions are: processes that
 * differ in rewards or discount alone share them.
 */
export function tablesOf(mdp: Transitions): ProcessTables {
  let found = tables.get(mdp.transitions);
  if (!found) tables.set(mdp.transitions, found = new ProcessTables(mdp));
  return found;
}

function compile(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(kernels());
  } catch (cause) {
    throw wasmUnavailable(cause, "bregman/tabular");
  }
}

function grow(memory: WebAssembly.Memory, top: number): void {
  const missing = top - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / 65536));
  } catch {
    throw new BregmanError("out-of-memory", `the tables of this process need ${top} bytes, which the engine has not`);
  }
}
