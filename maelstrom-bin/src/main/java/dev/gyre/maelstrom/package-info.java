/**
 * The workbench.
 */
package dev.gyre.maelstrom;
