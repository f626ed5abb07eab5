/** Placeholder. */
package dev.gyre.examples;
