// MJCF, MuJoCo's model format, written as nested calls: `body({ pos }, joint({ ... }), capsule({ ... }))`.

type Value = number | string | boolean | readonly number[];
export type Attributes = Readonly<Record<string, Value | undefined>>;

/** One element with its children. Numbers keep every digit. */
export function element(tag: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${textOf(value)}"`]))
    .join("");
  return children.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${children.join("")}</${tag}>`;
}

function textOf(value: Value): string {
  return Array.isArray(value) ? value.join(" ") : String(value);
}

export const body = (attributes: Attributes, ...children: readonly string[]): string =>
  element("body", attributes, ...children);
export const capsule = (attributes: Attributes): string => element("geom", { type: "capsule", ...attributes });
export const sphere = (attributes: Attributes): string => element("geom", { type: "sphere", ...attributes });
export const plane = (attributes: Attributes): string => element("geom", { type: "plane", ...attributes });
export const hinge = (name: string, attributes: Attributes): string =>
  element("joint", { name, type: "hinge", ...attributes });
export const slide = (name: string, attributes: Attributes): string =>
  element("joint", { name, type: "slide", ...attributes });
/** A joint of the root: it has no armature, no damping and no limits. */
export const free = { armature: 0, damping: 0, limited: false } as const;

/** Three joints that let a body move in the plane of x and z, named rootx, rootz and rooty. */
export function planarRoot(slides: Attributes, vertical: Attributes = {}): string {
  return slide("rootx", { axis: [1, 0, 0], ...free, ...slides }) +
    slide("rootz", { axis: [0, 0, 1], ...free, ...slides, ...vertical }) +
    hinge("rooty", { axis: [0, 1, 0], ...free, stiffness: slides.stiffness });
}

export interface ModelParts {
  readonly name: string;
  readonly compiler: Attributes;
  readonly option: Attributes;
  readonly defaults: readonly string[];
  readonly world: readonly string[];
  readonly tendons?: readonly string[];
  /** Motors in the order of the actions: joint and gear. */
  readonly motors: readonly (readonly [joint: string, gear: number])[];
  /** Bound of every control. */
  readonly control: number;
}

export function model({ name, compiler, option, defaults, world, tendons, motors, control }: ModelParts): string {
  const motor = ([joint, gear]: readonly [string, number]): string =>
    element("motor", { joint, gear, ctrllimited: true, ctrlrange: [-control, control] });
  return element("mujoco", { model: name },
    element("compiler", { inertiafromgeom: true, ...compiler }),
    element("option", option),
    element("default", {}, ...defaults),
    element("worldbody", {}, ...world),
    ...(tendons ? [element("tendon", {}, ...tendons)] : []),
    element("actuator", {}, ...motors.map(motor)));
}
