export declare const hopper: () => string;
/** `rightFootFriction` is 0.9 in the versions before v5. */
export declare const walker2d: ({ rightFootFriction }?: {
    readonly rightFootFriction?: number;
}) => string;
