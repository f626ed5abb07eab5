package dev.gyre.bench.stream.measure;

/**
 * A record.
 *
 * @param key from 0, below the number of keys
 * @param value from 0 to 1023
 */
record Reading(long key, long value) {}
