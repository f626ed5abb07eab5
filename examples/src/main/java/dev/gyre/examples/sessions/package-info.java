/** Visits of users, from clicks some of which come late: event time, session windows, lateness; a keyed dataflow, run on threads. */
package dev.gyre.examples.sessions;
