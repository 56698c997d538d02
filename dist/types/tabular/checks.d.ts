/** Throws `invalid-option` unless every number is above 0; Infinity is. */
export declare function expectPositive(numbers: Readonly<Record<string, number>>): void;
/** Throws `invalid-option` unless every number is an integer from 1 on. */
export declare function expectCounts(numbers: Readonly<Record<string, number>>): void;
