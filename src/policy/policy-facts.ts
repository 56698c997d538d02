import type { AgentSpec } from "../agent/agent.ts";

/** What a policy is, apart from its parameters. */
export interface PolicyFacts {
  readonly spec: AgentSpec;
  /** Names of the environment and algorithm it was trained with, where they have one. */
  readonly environment: string | undefined;
  readonly algorithm: string;
  readonly seed: number;
}
