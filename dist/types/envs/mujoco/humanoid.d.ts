export declare const humanoid: () => string;
export declare const humanoidStandup: () => string;
