export declare const ant: () => string;
