/** The total mass is set to 14, which scales what the geometry gives. */
export declare const halfCheetah: () => string;
