/**
 * A running job over HTTP: {@link dev.gyre.stream.http.JobServer}, by the server of the JDK. A front end with sockets, threads and time-outs, and so not deterministic; nothing
 * else of this module knows of it. Depends on {@code dev.gyre.stream}, on {@code control} for the answers, and on the core's JSON.
 */
package dev.gyre.stream.http;
