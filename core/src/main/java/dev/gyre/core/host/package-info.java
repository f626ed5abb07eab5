/**
 * Hosts: what runs a node. {@link dev.gyre.core.host.StdioHost} runs one on two streams, {@link dev.gyre.core.host.LocalHost} many
 * in one process.
 *
 * <p>Not deterministic. Depends on the node API, its loop and codec, and on JCTools for queues between threads. The only
 * package of this module that may start threads, read clocks and do I/O.
 */
package dev.gyre.core.host;
