package dev.gyre.maelstrom.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** A value in EDN. Its text, by {@code toString}, is EDN again, in one line. */
public sealed interface EdnValue {
    /** {@code nil}. */
    record Nil() implements EdnValue {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements EdnValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** An integer of any size; {@code 7N} is {@code 7}. */
    record Int(BigInteger value) implements EdnValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A floating-point number of 64 bits, {@code ##Inf}, {@code ##-Inf} and {@code ##NaN} included. */
    record Real(double value) implements EdnValue {
        @Override
        public String toString() {
            return Double.isFinite(value)
                    ? Double.toString(value)
                    : Double.isNaN(value) ? "##NaN" : value > 0 ? "##Inf" : "##-Inf";
        }
    }

    /** An exact decimal number, such as {@code 1.50M}. */
    record Exact(BigDecimal value) implements EdnValue {
        @Override
        public String toString() {
            return value + "M";
        }
    }

    /** A string. */
    record Text(String value) implements EdnValue {
        @Override
        public String toString() {
            return EdnText.quoted(value);
        }
    }

    /** A character, such as {@code \a} or {@code \newline}. */
    record Char(char value) implements EdnValue {
        @Override
        public String toString() {
            return EdnText.character(value);
        }
    }

    /** A keyword; its name is without the colon. */
    record Keyword(String name) implements EdnValue {
        @Override
        public String toString() {
            return ":" + name;
        }
    }

    /** A symbol. */
    record Symbol(String name) implements EdnValue {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A vector. */
    record Vector(List<EdnValue> elements) implements EdnValue {
        /** Keeps a copy. */
        public Vector {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return EdnText.joined("[", elements, "]");
        }
    }

    /** A list. */
    record Listing(List<EdnValue> elements) implements EdnValue {
        /** Keeps a copy. */
        public Listing {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return EdnText.joined("(", elements, ")");
        }
    }

    /** A map, in the order in which it was written. */
    record MapOf(SequencedMap<EdnValue, EdnValue> entries) implements EdnValue {
        /** Keeps a copy. */
        public MapOf {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /** The value of a keyword; {@code nil} when there is none. */
        public EdnValue get(String keyword) {
            return entries.getOrDefault(new Keyword(keyword), new Nil());
        }

        @Override
        public String toString() {
            return entries.entrySet().stream()
                    .map((Map.Entry<EdnValue, EdnValue> it) -> it.getKey() + " " + it.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** A set, in the order in which it was written. */
    record SetOf(SequencedSet<EdnValue> elements) implements EdnValue {
        /** Keeps a copy. */
        public SetOf {
            elements = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(elements));
        }

        @Override
        public String toString() {
            return EdnText.joined("#{", elements, "}");
        }
    }

    /** A value with a tag, such as {@code #inst "2026-01-01"}; the tag is without the hash. */
    record Tagged(String tag, EdnValue value) implements EdnValue {
        @Override
        public String toString() {
            return "#" + tag + " " + value;
        }
    }
}
