package dev.gyre.core.checker.elle;

import java.util.List;
import java.util.OptionalLong;

/** Transactions as people read them. */
final class Texts {
    /** How many elements of a list are shown: its end is what tells versions apart. */
    private static final int ELEMENTS_MAX = 12;

    private Texts() {}

    /** A list, or if it is long its end. */
    static String list(List<Long> elements) {
        int hidden = elements.size() - ELEMENTS_MAX;
        if (hidden <= 0) {
            return elements.toString();
        }
        var end = elements.subList(hidden, elements.size()).toString();
        return "[… " + hidden + " more, " + end.substring(1);
    }

    /** A part of a list-append transaction, as it was asked for or as it was answered. */
    static String of(ListOp op, boolean answered) {
        return switch (op) {
            case ListOp.Append(var key, var value) -> "append " + value + " to " + key;
            case ListOp.Read(var key, var elements) -> "read " + key + (answered ? " = " + list(elements) : "");
        };
    }

    /** A part of a register transaction, as it was asked for or as it was answered. */
    static String of(RegisterOp op, boolean answered) {
        return switch (op) {
            case RegisterOp.Write(var key, var value) -> "write " + key + " = " + value;
            case RegisterOp.Read(var key, var value) -> "read " + key + (answered ? " = " + value(value) : "");
        };
    }

    /** What a register held. */
    static String value(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "nothing";
    }
}
