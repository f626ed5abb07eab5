package dev.gyre.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private final RpcError aborted = new RpcError(ErrorCode.ABORT, "no");

    @Test
    void actionsRunInTheOrderOfTheirRegistration() {
        var promise = new Promise<Integer>();
        List<String> seen = new ArrayList<>();
        promise.whenDone(outcome -> seen.add("first " + outcome.orThrow()));
        promise.whenDone(outcome -> seen.add("second " + outcome.orThrow()));
        assertThat(seen).isEmpty();
        promise.complete(new Outcome.Ok<>(3));
        promise.whenDone(outcome -> seen.add("late " + outcome.orThrow()));
        assertThat(seen).containsExactly("first 3", "second 3", "late 3");
    }

    @Test
    void secondOutcomeIsRefused() {
        var promise = Promise.of(new Outcome.Ok<>(1));
        assertThatThrownBy(() -> promise.complete(new Outcome.Ok<>(2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failurePassesThroughMapAndCanBeTurnedByThen() {
        var promise = new Promise<Integer>();
        List<Object> seen = new ArrayList<>();
        promise.map(n -> n + 1).whenDone(seen::add);
        promise.then(outcome -> Promise.of(new Outcome.Ok<>("instead"))).whenDone(seen::add);
        promise.complete(Outcome.of(aborted));
        assertThat(seen).containsExactly(new Outcome.Failed<>(aborted), new Outcome.Ok<>("instead"));
    }

    @Test
    void allIsKnownWhenTheLastIsAndKeepsTheOrder() {
        var first = new Promise<Integer>();
        var second = new Promise<Integer>();
        var all = Promise.all(List.of(first, second, Promise.of(new Outcome.Ok<>(3))));
        second.complete(Outcome.of(aborted));
        assertThat(all.isDone()).isFalse();
        first.complete(new Outcome.Ok<>(1));
        assertThat(all.outcome().orThrow())
                .containsExactly(new Outcome.Ok<>(1), new Outcome.Failed<>(aborted), new Outcome.Ok<>(3));
        assertThat(Promise.all(List.<Promise<Integer>>of()).outcome().orThrow()).isEmpty();
    }

    @Test
    void definiteErrorsFailAndOthersLeaveTheOutcomeUnknown() {
        assertThat(Outcome.of(aborted)).isInstanceOf(Outcome.Failed.class);
        assertThat(Outcome.of(new RpcError(ErrorCode.TIMEOUT, ""))).isInstanceOf(Outcome.Unknown.class);
        assertThat(Outcome.of(new RpcError(ErrorCode.CRASH, ""))).isInstanceOf(Outcome.Unknown.class);
        assertThat(Outcome.of(new RpcError(new ErrorCode(1000), ""))).isInstanceOf(Outcome.Unknown.class);
        assertThatThrownBy(() -> Outcome.of(aborted).orThrow())
                .isSameAs(aborted)
                .hasMessage("14 abort: no");
    }
}
