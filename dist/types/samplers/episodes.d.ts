/** Returns and lengths of the latest finished episodes, undiscounted and unnormalized. */
export declare class EpisodeRecorder {
    #private;
    finished: number;
    constructor(copies: number);
    record(copy: number, reward: number, ended: boolean): void;
    /** Mean over the last 100 episodes; null before the first ends. */
    get meanReturn(): number | null;
    get meanLength(): number | null;
    save(): Float64Array<ArrayBuffer>;
    restore(saved: ArrayLike<number>): void;
    /** Running episodes begin anew: the environments could not be restored. */
    forgetRunning(): void;
}
