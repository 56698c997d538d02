import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import type { Member } from "./cooperative-task.js";
/**
 * A member's network as three programs, whose buffers of one name are one: `act` on a batch, a gradient `step` of MDPO
 * on it, and `carry`, which multiplies the advantages by the ratio of the policy that it has become.
 */
export type TeamMember = Readonly<Record<"act" | "step" | "carry", LoadedWasmProgram>>;
/** Member number `index` of a team that shares `advantages` [rounds]. */
export declare function createTeamMember(device: WasmDevice, { observationSize, actions }: Member, hyperparameters: Hyperparameters, advantages: WasmBuffer, seed: number, index: number): Promise<TeamMember>;
