/**
 * SHA-256 (FIPS 180-4), our own and synchronous: `crypto.subtle` is absent on insecure pages and always asynchronous.
 */
/** A hash in the making: feed it bytes in any portions, then ask for the digest once. */
export interface Sha256 {
    update(bytes: Uint8Array): void;
    /** The digest as 64 lowercase hexadecimal digits. Nothing can be added afterwards. */
    hex(): string;
}
/** The SHA-256 of `bytes` as 64 lowercase hexadecimal digits. */
export declare function sha256(bytes: Uint8Array): string;
/** Starts a hash over bytes that come in portions; the portions' borders do not matter. */
export declare function createSha256(): Sha256;
