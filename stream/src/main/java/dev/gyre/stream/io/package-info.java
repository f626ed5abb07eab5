/**
 * Sources and sinks for a start: collections, numbers, text files, the console.
 *
 * <p>Those of text files do I/O on the worker's thread, which waits for it: reading is bounded by a block, writing is buffered, and a force is made for each snapshot
 * that has something to keep. Everything else is deterministic. Depends on {@code dev.gyre.stream} alone.
 */
package dev.gyre.stream.io;
