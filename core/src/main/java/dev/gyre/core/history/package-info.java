/**
 * What clients did and saw: the input of every checker. Pure data, without clocks or threads.
 */
package dev.gyre.core.history;
