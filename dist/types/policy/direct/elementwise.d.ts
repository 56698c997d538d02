/** What `apply` of assembly/acting.ts does to each element, by its number there. */
export declare const Elementwise: {
    readonly identity: 0;
    readonly tanh: 1;
    readonly relu: 2;
    readonly gelu: 3;
    readonly sigmoid: 4;
    readonly softplus: 5;
    readonly silu: 6;
    readonly elu: 7;
    readonly exp: 8;
    readonly log: 9;
    readonly gumbel: 10;
};
