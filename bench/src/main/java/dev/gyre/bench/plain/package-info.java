/** What the benchmarks compare with: the same node, written plainly. */
package dev.gyre.bench.plain;
