/**
 * Messages as JSON lines: which record a {@code type} names, and how a line becomes a message and back. Deterministic; no
 * I/O. Not exported: applications see records only.
 */
package dev.gyre.core.codec;
