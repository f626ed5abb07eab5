/** Placeholder. */
package dev.gyre.maelstrom;
