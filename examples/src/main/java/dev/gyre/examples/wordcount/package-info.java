/** How often each word occurs in the files of a folder: a keyed dataflow, run on threads. */
package dev.gyre.examples.wordcount;
