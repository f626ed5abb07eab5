/**
 * Checkers of transactions after Elle (Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental
 * Observations", VLDB 2020): they infer from what clients saw which transaction came before which, and look for what a
 * consistency model forbids. {@link dev.gyre.core.checker.elle.ListAppendChecker} is for lists that transactions append
 * to, {@link dev.gyre.core.checker.elle.RwRegisterChecker} for registers that they overwrite; the models are
 * {@link dev.gyre.core.checker.elle.ConsistencyModel}.
 *
 * <p>Pure and deterministic: no clocks, threads, I/O or hash order. Depends on histories and outcomes alone.
 */
package dev.gyre.core.checker.elle;
