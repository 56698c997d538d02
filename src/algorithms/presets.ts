import type { PartialHyperparameters } from "./hyperparameters.ts";

/** What is known to work for one method on one task: copies, steps and hyperparameters over the method's defaults. */
export interface Preset {
  readonly envs?: number;
  readonly steps?: number;
  readonly hyperparameters: PartialHyperparameters;
}

type Presets = Readonly<Record<string, Readonly<Record<string, Preset>>>>;

const presets: Presets = {};

export function presetOf(environment: string | undefined, algorithm: string): Preset | undefined {
  const own = environment !== undefined && Object.hasOwn(presets, environment) ? presets[environment]! : undefined;
  return own && Object.hasOwn(own, algorithm) ? own[algorithm] : undefined;
}

/** The code-level choices of spec 1.6: all of them on, or all of them off. */
export const codeLevels: Readonly<Record<"loaded" | "minimal", PartialHyperparameters>> = {
  loaded: {
    valueClipRange: 0.2, normalizeRewards: true, normalizeObservations: true, gaeLambda: 0.95,
    learningRate: { from: 3e-4, to: 0 }, networks: { initializer: "orthogonal" },
  },
  minimal: {
    valueClipRange: 0, normalizeRewards: false, normalizeObservations: false, gaeLambda: 1,
    learningRate: 3e-4, networks: { initializer: "glorot-uniform" },
  },
};
