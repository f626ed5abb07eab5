/**
 * Files as a node sees them, whatever host it is on: a folder of its own, writes that are durable only once they are synced, and
 * failures that end a node which cannot trust its disk. Depends on {@code dev.gyre.core} alone. Deterministic; hosts bring the disk.
 */
package dev.gyre.core.storage;
