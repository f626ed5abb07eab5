/**
 * Links: ordered channels with byte credit between nodes, each thing once, over a network that loses, repeats, reorders, delays and cuts.
 *
 * <p>Deterministic: no I/O, threads, clocks or unseeded numbers. Depends on {@code dev.gyre.core} and Jackson's annotations alone. Start with {@link
 * dev.gyre.core.link.Links}; {@link dev.gyre.core.link.Output} has the contract of the host. docs/design/028-link.md says why.
 */
@NullMarked
package dev.gyre.core.link;

import org.jspecify.annotations.NullMarked;
