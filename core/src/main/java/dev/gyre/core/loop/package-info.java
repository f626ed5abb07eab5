/**
 * The node as a pure step: routing, calls, timers and the policy for bad input, the same on every host. Deterministic; no
 * clock, thread or I/O: a {@link dev.gyre.core.loop.HostPort} supplies what is not. Not exported.
 */
package dev.gyre.core.loop;
