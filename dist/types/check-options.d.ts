export declare function checkCount(name: string, value: unknown): void;
/** The same where nothing may be left out. */
export declare function expectCount(name: string, value: unknown): asserts value is number;
export declare function checkChoice(name: string, value: unknown, accepted: readonly string[], also?: string): void;
