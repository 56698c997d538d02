export declare function checkCount(name: string, value: unknown): void;
export declare function checkChoice(name: string, value: unknown, accepted: readonly string[], also?: string): void;
