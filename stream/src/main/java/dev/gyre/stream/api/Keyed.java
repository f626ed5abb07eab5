package dev.gyre.stream.api;

/**
 * A value with its key.
 *
 * @param <K> the keys
 * @param <T> the values
 */
public record Keyed<K, T>(K key, T value) {}
