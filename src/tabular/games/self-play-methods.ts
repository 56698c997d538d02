import type { SelfPlayChoices } from "./self-play.ts";

/** A published method as settings of `SelfPlay`: `new SelfPlay(game, { ...method.choices, stepSize: 0.1 })`. */
export interface SelfPlayMethod {
  readonly id: string;
  readonly name: string;
  readonly paper: string;
  readonly choices: SelfPlayChoices;
}

const inverseRoot = (iteration: number): number => 1 / Math.sqrt(iteration + 1);

/** Methods of self-play, on any game; those with preferences in their name on `preferenceGame`, `conversationGame`. */
export const selfPlayMethods: readonly SelfPlayMethod[] = [
  {
    id: "magnetic-mirror-descent", name: "Magnetic mirror descent, to a quantal response equilibrium",
    paper: "Sokota, D'Orazio, Kolter, Loizou, Lanctot, Mitliagkas, Brown, Kroer 2023",
    choices: { stepSize: 0.2, magnetWeight: 0.2 },
  },
  {
    id: "annealed-magnetic-mirror-descent", name: "Magnetic mirror descent, annealed to a Nash equilibrium",
    paper: "Sokota, D'Orazio, Kolter, Loizou, Lanctot, Mitliagkas, Brown, Kroer 2023",
    choices: { stepSize: inverseRoot, magnetWeight: inverseRoot },
  },
  {
    id: "magnetic-preference-optimization", name: "Magnetic preference optimization",
    paper: "Wang, Ma, Chen, Meng, Han, Xiao, and others 2024",
    choices: { stepSize: 0.2, magnetWeight: 0.2, renewMagnetEvery: 40 },
  },
  {
    id: "multi-turn-preference-optimization", name: "Multi-turn preference optimization (MTPO)",
    paper: "Shani, Rosenberg, Cassel, Lang, Calandriello, Zipori, Noga, Keller, Piot, and others 2024",
    choices: { stepSize: 0.5, magnetWeight: 0.05, isSoft: true },
  },
];
