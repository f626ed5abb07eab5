/** What a user of a job implements and is given: sources, sinks, functions, their state and their output. Depends on nothing of the engine. */
package dev.gyre.stream.api;
