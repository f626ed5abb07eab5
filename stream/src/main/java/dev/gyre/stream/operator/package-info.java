/**
 * What a worker does with records: operators, fused into chains of calls, and the state of those that have some, by key group. Deterministic.
 */
package dev.gyre.stream.operator;
