// Threads. The main one walks a program and offers the pieces of a large instruction; helpers, each in a worker with an
// instance of its own over the same memory, take pieces while they have nothing else to do. A piece owns the elements
// that it writes, so the bits are the same whoever computes it. A helper that is late takes nothing, and nobody waits
// for it: the main thread only waits for pieces that were taken.
//
// The control block is where they meet. src/devices/wasm/crew.ts allocates it and names the same offsets; what changes
// often has a cache line of its own.

/** The newest module of maps, as the address of its record; -1 tells helpers to end. */
const NEWEST: usize = 4;
// READY = 8: helpers that have begun, counted by the script of the worker.
/** The pieces on offer: address of the first instruction, and bytes from one to the next. */
const FIRST: usize = 12;
const BYTES: usize = 16;
/** How long the main thread waits for a piece, in units of 2^20 looks; and 1 once it has waited in vain. */
const PATIENCE: usize = 20;
const LOST: usize = 24;
/**
 * u64: the number of this offer in the upper half; in the lower the pieces that nobody has taken, as the first one (16
 * bits) and the end (16 bits). The main thread takes from the end and helpers from the front: then a thread mostly gets
 * the rows that it computed in the instruction before and has in its cache.
 */
const TICKET: usize = 64;
const OFFER: usize = TICKET + 4;
/** Finished pieces of this offer; and of all offers, those that helpers finished. */
const DONE: usize = 128;
const HELPED: usize = 132;
/** Helpers that sleep, or are about to. */
const SLEEPING: usize = 192;

/** Looks at the ticket before a helper goes to sleep: some tens of microseconds, as long as waking takes. */
const LOOKS: i32 = 20000;

let control: usize = 0;
/** Of the main thread; a helper has none. */
let helpers: i32 = 0;

/** On the main thread: helpers meet it at `block`; 0 of them, and it computes alone. */
export function machine_crew(block: usize, count: i32): void {
  control = block;
  helpers = count;
}

// @ts-ignore: decorator
@inline
export function has_helpers(): bool {
  return helpers != 0;
}

// @ts-ignore: decorator
@inline
function is_helper(): bool {
  return helpers == 0;
}

/** Offers `count` instructions, `bytes` apart. */
export function offer(first: usize, count: i32, bytes: i32): void {
  store<u32>(control, <u32>first, FIRST);
  store<i32>(control, bytes, BYTES);
  atomic.store<i32>(control, 0, DONE);
  publish(<u64>count);
}

/** On the main thread: helpers look at NEWEST again. */
export function machine_call_helpers(): void {
  publish(0);
}

function publish(count: u64): void {
  const before = atomic.load<u64>(control, TICKET);
  atomic.store<u64>(control, (((before >> 32) + 1) << 32) | count, TICKET);
  if (atomic.load<i32>(control, SLEEPING)) atomic.notify(control + OFFER, -1);
}

/** The ticket as it stands. */
// @ts-ignore: decorator
@inline
export function current_ticket(): u64 {
  return atomic.load<u64>(control, TICKET);
}

/** Whether the ticket has pieces to take. */
// @ts-ignore: decorator
@inline
export function has_pieces(ticket: u64): bool {
  return first_left(ticket) < end_left(ticket);
}

// @ts-ignore: decorator
@inline
function first_left(ticket: u64): u32 {
  return (<u32>ticket) >> 16;
}

// @ts-ignore: decorator
@inline
function end_left(ticket: u64): u32 {
  return (<u32>ticket) & 0xffff;
}

/** Bytes of each piece; to be read before it is taken. */
// @ts-ignore: decorator
@inline
export function piece_bytes(): i32 {
  return load<i32>(control, BYTES);
}

/**
 * Takes one of the pieces that `ticket` has left and returns its instruction, or 0 when another thread was faster. What
 * is read here belongs to this offer: while one of its pieces is left, the main thread makes no other.
 */
export function take(ticket: u64): usize {
  const piece = is_helper() ? first_left(ticket) : end_left(ticket) - 1;
  const instruction = load<u32>(control, FIRST) + piece * load<u32>(control, BYTES);
  const after = is_helper() ? ticket + 0x10000 : ticket - 1;
  return atomic.cmpxchg<u64>(control, ticket, after, TICKET) == ticket ? <usize>instruction : 0;
}

export function finish_piece(): void {
  if (is_helper()) atomic.add<i32>(control, 1, HELPED);
  atomic.add<i32>(control, 1, DONE);
}

/** Waits for the pieces that helpers have taken. Traps, and sets LOST, when one does not come back. */
export function await_pieces(count: i32): void {
  let looks = <u64>load<u32>(control, PATIENCE) << 20;
  while (atomic.load<i32>(control, DONE) != count) {
    if (--looks == 0) {
      store<i32>(control, 1, LOST);
      unreachable();
    }
  }
}

/** In a helper: it meets the others at `block`. */
export function meet_at(block: usize): void {
  control = block;
}

/** The newest module of maps. */
// @ts-ignore: decorator
@inline
export function newest_module(): i32 {
  return atomic.load<i32>(control, NEWEST);
}

/** In a helper: looks for the next offer a while, then sleeps until it comes. `idle`: looks so far; returns the new. */
export function rest(ticket: u64, idle: i32): i32 {
  if (idle < LOOKS) return idle + 1;
  atomic.add<i32>(control, 1, SLEEPING);
  atomic.wait<i32>(control + OFFER, <i32>(ticket >> 32), -1);
  atomic.sub<i32>(control, 1, SLEEPING);
  return 0;
}
