/**
 * What a run leaves on disk, under {@code store/<workload>/<timestamp>}: results, history, messages, node logs, pictures. Does
 * I/O, reads no clock. Depends on {@code engine}, {@code result}, {@code journal}.
 */
package dev.gyre.maelstrom.store;
