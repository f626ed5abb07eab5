package dev.gyre.core.checker.elle;

import java.util.OptionalLong;

/**
 * A part of a transaction over named registers, which begin without a value. The same types say what was asked for and
 * what was answered: an answer repeats the request, in order, with the value of each read filled in.
 */
public sealed interface RegisterOp {
    /** The register's name. A workload with other keys writes them as text. */
    String key();

    /**
     * Overwrites a register.
     *
     * @param key the register
     * @param value its new value; a history writes it to this register once
     */
    record Write(String key, long value) implements RegisterOp {}

    /**
     * Reads a register.
     *
     * @param key the register
     * @param value what was seen, or nothing if it had no value yet; in a request it means nothing
     */
    record Read(String key, OptionalLong value) implements RegisterOp {}

    /** A write of a value to a register. */
    static RegisterOp write(String key, long value) {
        return new Write(key, value);
    }

    /** A request to read a register, or a read that found no value. */
    static RegisterOp read(String key) {
        return new Read(key, OptionalLong.empty());
    }

    /** A read that saw a value. */
    static RegisterOp read(String key, long value) {
        return new Read(key, OptionalLong.of(value));
    }
}
