/**
 * JSON as it goes over the wire: one parser and one writer for all lines. Pure and deterministic; depends on Jackson alone.
 */
package dev.gyre.maelstrom.json;
