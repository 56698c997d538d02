type Value = number | string | boolean | readonly number[];
export type Attributes = Readonly<Record<string, Value | undefined>>;
/** One element with its children. Numbers keep every digit. */
export declare function element(tag: string, attributes: Attributes, ...children: readonly string[]): string;
export declare const body: (attributes: Attributes, ...children: readonly string[]) => string;
export declare const capsule: (attributes: Attributes) => string;
export declare const sphere: (attributes: Attributes) => string;
export declare const plane: (attributes: Attributes) => string;
export declare const hinge: (name: string, attributes: Attributes) => string;
export declare const slide: (name: string, attributes: Attributes) => string;
/** A joint of the root: it has no armature, no damping and no limits. */
export declare const free: {
    readonly armature: 0;
    readonly damping: 0;
    readonly limited: false;
};
/** Three joints that let a body move in the plane of x and z, named rootx, rootz and rooty. */
export declare function planarRoot(slides: Attributes, vertical?: Attributes): string;
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
export declare function model({ name, compiler, option, defaults, world, tendons, motors, control }: ModelParts): string;
export {};
