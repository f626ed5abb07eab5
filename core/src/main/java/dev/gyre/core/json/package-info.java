/**
 * Records as JSON, for what a node keeps or wraps: the same closed sets of types, names and rules as on the wire. Depends on the codec of
 * messages; deterministic.
 */
package dev.gyre.core.json;
