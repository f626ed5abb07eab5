/**
 * What travels between stages, in band: batches of records, and the control items that cut a stream at one place for all. Deterministic;
 * depends on nothing but the language.
 */
package dev.gyre.stream.exchange;
