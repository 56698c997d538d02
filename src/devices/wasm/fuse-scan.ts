import type { IndexKernel, Instruction, Kernel, MapKernel, Program, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { AddressOf } from "./map-walk.ts";

// A linear scan and the maps around it as one map. Apart, they write what the next one reads to memory and are bound by
// that; together they pass once over each cache line. The map's domain is [blocks, steps, lanes] and its running value
// stays in registers, so the order of arithmetic is the scan's own.

type Scan = Extract<IndexKernel, { kind: "linear-scan" }>;

/** The program's kernels, where a scan has taken in the map before it and the one behind it, if they fit. */
export function fuseScans({ kernels, buffers }: Program, addressOf: AddressOf): readonly Kernel[] {
  const result: Kernel[] = [];
  for (let i = 0; i < kernels.length; i++) {
    const [scan, after] = [kernels[i]!, kernels[i + 1]];
    const before = result[result.length - 1];
    if (scan.kind !== "linear-scan") {
      result.push(scan);
      continue;
    }
    const taken: readonly (Kernel | undefined)[] = [before, scan, after];
    const isReadElsewhere = ({ buffer }: View): boolean => buffers[buffer]!.kind !== "temporary" ||
      kernels.some((other) => !taken.includes(other) && viewsOf(other).some((view) => view.buffer === buffer));
    const fused = fuse(before, scan, after, isReadElsewhere);
    if (fused && isInOrder(fused, addressOf)) {
      result[result.length - 1] = fused;
      i++;
    } else {
      result.push(scan);
    }
  }
  return result;
}

/** Every window that a kernel reads or writes. */
function viewsOf(kernel: Kernel): View[] {
  if (kernel.kind !== "map") {
    return Object.values(kernel).filter((value): value is View => typeof value === "object");
  }
  const { loads, stores, reductions } = kernel;
  return [...loads, ...stores.map(({ view }) => view), ...reductions.map(({ store }) => store)];
}

function fuse(
  before: Kernel | undefined, scan: Scan, after: Kernel | undefined, isReadElsewhere: (view: View) => boolean,
): MapKernel | undefined {
  const steps = scan.x.shape[0]!;
  const width = sizeOf(scan.x.shape) / steps;
  const lanes = [16, 8, 4].find((count) => width % count === 0);
  if (!lanes || !isPlain(before, steps, width) || !isPlain(after, steps, width)) return undefined;
  const [first, last] = [over(before, steps, width), over(after, steps, width)];
  const [x, a, y] = [scan.x, scan.a, scan.y].map((view) => ({ ...view, shape: [steps, width], strides: [width, 1] }));
  const body = new Body();
  for (const { value, view } of first.stores) body.stored(view, body.take(first, value));
  const kept = body.stores.filter(({ view }) => isReadElsewhere(view));
  const carried = body.add({ op: "carried", args: [], dtype: "f32", immediate: 0 });
  const product = body.add({ op: "mul", args: [body.valueOf(a!), carried], dtype: "f32", immediate: 0 });
  const running = body.add({ op: "add", args: [body.valueOf(x!), product], dtype: "f32", immediate: 0 });
  body.stored(y!, running);
  const stores = [...kept, ...isReadElsewhere(y!) ? [{ value: running, view: y! }] : [],
    ...last.stores.map(({ value, view }) => ({ value: body.take(last, value), view }))];
  // Another window on what a part stores would need all of it to be there.
  const isLoaded = ({ buffer }: View): boolean => body.loads.some((load) => load.buffer === buffer);
  if (body.stores.some(({ view }) => isLoaded(view))) return undefined;
  const blocks = (view: View): View => ({
    ...view, shape: [width / lanes, steps, lanes],
    strides: [view.strides[1]! * lanes, view.strides[0]!, view.strides[1]!],
  });
  return {
    kind: "map", domain: [width / lanes, steps, lanes], reductions: [],
    loads: body.loads.map(blocks), instructions: body.instructions,
    stores: stores.map(({ value, view }) => ({ value, view: blocks(view) })),
    running: { value: running, reverse: scan.reverse },
  };
}

/** A map over all elements of [steps, width], one by one, that does not ask where it is. */
function isPlain(kernel: Kernel | undefined, steps: number, width: number): kernel is MapKernel {
  if (kernel?.kind !== "map" || kernel.running || kernel.reductions.length > 0) return false;
  const { domain, instructions } = kernel;
  return [`${steps * width}`, `${steps},${width}`].includes(`${domain}`) &&
    instructions.every(({ op }) => op !== "index");
}

/** The map over [steps, width], which it may have walked as one axis. */
function over(map: MapKernel, steps: number, width: number): MapKernel {
  const unfold = (view: View): View => map.domain.length === 2 ? view
    : { ...view, shape: [steps, width], strides: [view.strides[0]! * width, view.strides[0]!] };
  return {
    ...map, loads: map.loads.map(unfold), stores: map.stores.map(({ value, view }) => ({ value, view: unfold(view) })),
  };
}

const sameWindow = (a: View, b: View): boolean =>
  a.buffer === b.buffer && a.offset === b.offset && `${a.strides}` === `${b.strides}`;

/** The instructions of the fused map, grown from those of its parts. */
class Body {
  readonly loads: View[] = [];
  readonly instructions: Instruction[] = [];
  /** What was computed on the way, and where a later part would look for it. */
  readonly stores: { readonly value: number; readonly view: View }[] = [];
  readonly #taken = new Map<Instruction, number>();

  add(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  stored(view: View, value: number): void {
    this.stores.push({ value, view });
  }

  /** What a window holds: a value that was computed on the way, or a load. */
  valueOf(view: View, dtype: Instruction["dtype"] = "f32"): number {
    const known = this.stores.find((store) => sameWindow(store.view, view));
    if (known) return known.value;
    const at = this.loads.findIndex((load) => sameWindow(load, view));
    const load = at < 0 ? this.loads.push(view) - 1 : at;
    const same = this.instructions.findIndex(({ op, immediate }) => op === "load" && immediate === load);
    return same < 0 ? this.add({ op: "load", args: [], dtype, immediate: load }) : same;
  }

  /** A value of a part, with all that it needs. */
  take(map: MapKernel, value: number): number {
    const instruction = map.instructions[value]!;
    const { op, args, dtype, immediate } = instruction;
    const taken = this.#taken.get(instruction) ?? (op === "load" ? this.valueOf(map.loads[immediate]!, dtype)
      : this.add({ ...instruction, args: args.map((each) => this.take(map, each)) }));
    this.#taken.set(instruction, taken);
    return taken;
  }
}

/** Whether each element is read before it is written over: what is stored shares no memory with other windows. */
function isInOrder({ loads, stores }: MapKernel, addressOf: AddressOf): boolean {
  return stores.every(({ view: store }) => loads.every((load) => {
    const [written, read] = [addressOf(store), addressOf(load)];
    const isSame = written === read && `${store.strides}` === `${load.strides}`;
    return isSame || read >= written + bytesOf(store) || written >= read + bytesOf(load);
  }));
}

/** From the first byte of a window to its last. */
function bytesOf({ shape, strides }: View): number {
  return 4 * (1 + shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 0));
}
