/** A dataflow that is given more workers, and fewer, while records flow: its totals stay exact. */
package dev.gyre.examples.rescaling;
