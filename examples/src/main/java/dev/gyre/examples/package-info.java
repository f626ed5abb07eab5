/**
 * What the examples share: the reading of their command lines, and the memory of requests that may come twice. Each example is a package below this one, made to be copied.
 * Deterministic but for {@link dev.gyre.examples.Flags#orExit}, which ends the process.
 */
package dev.gyre.examples;
