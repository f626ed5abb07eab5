package dev.gyre.core.checker;

/**
 * A request to one of many independent objects, such as a key of a store.
 *
 * @param <K> what names the object; compared by {@code equals}
 * @param <I> what is asked of it
 * @param key which object
 * @param input what is asked for
 */
public record Keyed<K, I>(K key, I input) {}
