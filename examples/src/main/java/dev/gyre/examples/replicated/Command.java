package dev.gyre.examples.replicated;

import dev.gyre.core.Request;

/**
 * An entry of the log: what a client has asked for.
 *
 * @param client who is to be answered, by the node that was asked
 */
public record Command<M>(Request client, M request) {}
