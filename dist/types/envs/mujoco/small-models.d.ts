export declare const invertedPendulum: () => string;
export declare const invertedDoublePendulum: () => string;
export declare const swimmer: () => string;
export declare const reacher: () => string;
