import type { SelfPlayChoices } from "./self-play.js";
/** A published method as settings of `SelfPlay`: `new SelfPlay(game, { ...method.choices, stepSize: 0.1 })`. */
export interface SelfPlayMethod {
    readonly id: string;
    readonly name: string;
    readonly paper: string;
    readonly choices: SelfPlayChoices;
}
/** Methods of self-play, on any game; those with preferences in their name on `preferenceGame`, `conversationGame`. */
export declare const selfPlayMethods: readonly SelfPlayMethod[];
