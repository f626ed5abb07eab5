package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;

/** What becomes of requests to the stores of this package, in words that they share. */
final class Outcomes {
    private Outcomes() {}

    static void checkPart(long offset, int length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "a part begins at 0 or later and has 0 bytes or more, not " + length + " from " + offset);
        }
    }

    static <T> Outcome<T> ok(T value) {
        return new Outcome.Ok<>(value);
    }

    static <T> Outcome<T> failed(ErrorCode code, String text) {
        return new Outcome.Failed<>(new RpcError(code, text));
    }

    static <T> Outcome<T> exists(String name) {
        return failed(ErrorCode.KEY_ALREADY_EXISTS, "there is a snapshot object " + name + " already");
    }

    static <T> Outcome<T> missing(String name) {
        return failed(ErrorCode.KEY_DOES_NOT_EXIST, "there is no snapshot object " + name);
    }

    static <T> Outcome<T> damaged(String name, long offset, String problem) {
        return failed(SnapshotStore.DAMAGED, name + " is damaged at offset " + offset + ": " + problem);
    }

    static <T> Outcome<T> tooShort(String name, long size, long offset, int length) {
        return failed(
                ErrorCode.PRECONDITION_FAILED,
                name + " has " + size + " bytes, and " + length + " from offset " + offset + " on were asked for");
    }

    static <T> Outcome<T> tooLarge(String name, long size) {
        return failed(
                ErrorCode.PRECONDITION_FAILED,
                name + " has " + size + " bytes, more than fit an array: read it in parts");
    }
}
