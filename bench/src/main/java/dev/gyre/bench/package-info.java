/** The benchmarks. They start processes and read clocks; their figures mean something only on a quiet machine. */
package dev.gyre.bench;
