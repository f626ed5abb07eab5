package dev.gyre.stream.control;

import java.util.List;

/**
 * Tell again what still holds: that you are alive, and of this generation all that you have reported.
 *
 * @param workers to whom it goes
 */
public record Solicitation(long generation, List<Integer> workers) {}
