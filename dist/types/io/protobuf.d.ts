/**
 * The wire format of protocol buffers, as far as TensorBoard's events and ONNX models need it. Each function returns
 * one field: its key, which is the number times 8 plus the wire type, and its content. A message is its fields joined.
 */
/** Wire type 0: an integer from 0 to below 2^53. */
export declare function integer(field: number, value: number): Uint8Array;
/** Wire type 1. */
export declare function double(field: number, value: number): Uint8Array;
/** Wire type 5. */
export declare function float(field: number, value: number): Uint8Array;
/** Wire type 2: an inner message, or bytes. */
export declare function message(field: number, content: Uint8Array): Uint8Array;
/** Wire type 2: UTF-8. */
export declare function text(field: number, value: string): Uint8Array;
export declare function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
