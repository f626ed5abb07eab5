/**
 * The node API: what an application implements, what it is given, and how it is run.
 *
 * <p>Deterministic: nothing here reads a clock, starts a thread or draws an unseeded number. Depends on Jackson for
 * payloads and on slf4j for the log.
 */
package dev.gyre.core;
