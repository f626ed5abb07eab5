/** The rules of this project that a build can check: layers, forbidden calls, and the size of files and methods. */
package dev.gyre.rules;
