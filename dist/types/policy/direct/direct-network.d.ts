import type { AgentSpec } from "../../agent/agent.js";
import type { PolicyFile } from "../read-policy-file.js";
import type { ActingMemory } from "./acting-memory.js";
/** A linear map, the scale and shift of its layer norm where it has one. */
interface LayerTensors {
    readonly weight: Float32Array;
    readonly bias: Float32Array;
    readonly scale?: Float32Array;
    readonly shift?: Float32Array;
}
/** What a file holds of a policy network: all of it checked, nothing allocated yet. */
export interface NetworkTensors {
    readonly inputs: number;
    readonly layers: readonly LayerTensors[];
    readonly activation: number;
    /** Of the observation normalizer. */
    readonly mean: Float32Array | undefined;
    readonly scale: Float32Array | undefined;
}
/** Throws `checkpoint-corrupt` when the file lacks a tensor. The networks are checked (`checkNetworks`). */
export declare function networkTensors({ facts, tensor }: PolicyFile, outputs: number): NetworkTensors;
/** Throws `checkpoint-corrupt` for what is no network, `unsupported` for an activation of another version. */
export declare function checkNetworks(networks: AgentSpec["networks"]): void;
/**
 * The policy network, one row at a time, in the order of arithmetic that compiled programs have: an element of a linear
 * map is one accumulator over the inputs ascending, a sum along a row is four of them (see `foldedSum`).
 */
export declare class DirectNetwork {
    #private;
    /** The last hidden layer, and the outputs, of the row that ran last. */
    readonly features: Float32Array;
    readonly output: Float32Array;
    /** Elements that it asks of the memory. */
    static floats({ inputs, layers }: NetworkTensors): number;
    constructor(memory: ActingMemory, tensors: NetworkTensors);
    /** The network of the observation that begins at element `at`. */
    run(observations: Float32Array, at: number): void;
}
export {};
