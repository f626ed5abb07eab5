/**
 * A set that only grows, as a state-based CRDT: each node answers from its own copy, and copies are merged by union, in any
 * order and any number of times. Now and then a node offers its whole set to another, picked at random, which answers with
 * what was missing there: one exchange makes two nodes equal, and a node that was cut off or came back empty catches up
 * without any bookkeeping. It shows periodic timers and what anti-entropy costs, which is a whole set a message: the
 * broadcast example sends only what is new, and keeps books for that. Deterministic.
 */
package dev.gyre.examples.gset;
