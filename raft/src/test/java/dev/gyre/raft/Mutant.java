package dev.gyre.raft;

/**
 * A bug to inject: in {@code file}, {@code code}, which must stand there once, becomes {@code bug}.
 *
 * @param file under {@code dev/gyre/raft}, without its ending
 */
public record Mutant(String name, String file, String code, String bug) {}
