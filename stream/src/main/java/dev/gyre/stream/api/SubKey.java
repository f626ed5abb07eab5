package dev.gyre.stream.api;

/**
 * A key that tells records of one key apart. All with one outer key are on the worker of that key.
 *
 * @param outer by which records go to workers
 * @param inner of a type of which keys may be
 * @param <K> the outer keys
 * @param <L> the inner keys
 */
public record SubKey<K, L>(K outer, L inner) {}
