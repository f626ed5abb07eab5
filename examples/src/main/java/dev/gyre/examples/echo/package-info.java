/** Echo: the smallest node. */
package dev.gyre.examples.echo;
