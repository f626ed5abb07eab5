package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** The requests of users that wait, in the order in which they came. */
final class Desk {
    /** More requests than this at a time are a mistake of who asks: each stops the job's other operations for a while. */
    private static final int MAX_WAITING = 64;

    private final ControlState state;
    private final SequencedMap<String, Request> waiting = new LinkedHashMap<>();

    Desk(ControlState state) {
        this.state = state;
    }

    /** Takes a request; one that is there already stays where it is. */
    Optional<Answer> take(Request request) {
        if (waiting.size() >= MAX_WAITING && !waiting.containsKey(request.id())) {
            return Optional.of(new Answer.Refused(request.id(), MAX_WAITING + " requests are waiting already"));
        }
        waiting.putIfAbsent(request.id(), request);
        return Optional.empty();
    }

    /** Sends all away. */
    List<Answer> close() {
        var answers =
                waiting.keySet().stream().<Answer>map(Answer.Elsewhere::new).toList();
        waiting.clear();
        return answers;
    }

    /** Answers what can be answered as the job stands. */
    List<Answer> settle() {
        var answers = new ArrayList<Answer>();
        for (var request : List.copyOf(waiting.values())) {
            state.request(request.id())
                    .map(known -> told(request.id(), known))
                    .orElseGet(() -> unbegun(request))
                    .ifPresent(answers::add);
        }
        answers.forEach(answer -> waiting.remove(answer.request()));
        return answers;
    }

    private static Optional<Answer> told(String id, RequestState known) {
        return switch (known.status()) {
            case PENDING -> Optional.empty();
            case DONE -> Optional.of(new Answer.Done(id, known.detail()));
            case FAILED -> Optional.of(new Answer.Failed(id, known.detail()));
        };
    }

    private Optional<Answer> unbegun(Request request) {
        var refusal = refusal(request);
        if (refusal.isPresent()) {
            return Optional.of(new Answer.Refused(request.id(), refusal.get()));
        }
        boolean isIdle = state.phase() == JobPhase.RUNNING && state.operation().isEmpty();
        if (isIdle && isRescale(request) && target(request).equals(state.workers())) {
            return Optional.of(new Answer.Done(request.id(), "runs on workers " + state.workers() + " already"));
        }
        return request instanceof Request.Suspend && state.phase() == JobPhase.SUSPENDED
                ? Optional.of(new Answer.Done(request.id(), "is suspended already"))
                : Optional.empty();
    }

    private static boolean isRescale(Request request) {
        return request instanceof Request.RescaleTo || request instanceof Request.RescaleOnto;
    }

    private Optional<String> refusal(Request request) {
        boolean isSuspended = state.phase() == JobPhase.SUSPENDED;
        boolean isComplete = state.phase() == JobPhase.COMPLETE;
        if (isComplete && !(request instanceof Request.Resume)) {
            return Optional.of("the job is complete");
        }
        return switch (request) {
            case Request.Resume resume ->
                refuseIf(!isSuspended && !isComplete, "the job is neither suspended nor complete");
            case Request.Suspend suspend -> Optional.empty();
            case Request.CancelRescale cancel ->
                refuseIf(!(state.operation().orElse(null) instanceof Operation.Rescaling), "no rescale is under way");
            case Request.SnapshotNow now -> refuseIf(isSuspended, "the job is suspended, with a snapshot");
            case Request.RescaleTo(var id, var workers) ->
                count(workers).or(() -> refuseIf(isSuspended, "the job is suspended: resume it first"));
            case Request.RescaleOnto(var id, var workers) ->
                set(workers).or(() -> refuseIf(isSuspended, "the job is suspended: resume it first"));
            case Request.Status status -> Optional.empty();
        };
    }

    private static Optional<String> refuseIf(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }

    private Optional<String> count(int workers) {
        if (workers < 1 || workers > state.groups()) {
            return Optional.of("a job runs on 1 to " + state.groups() + " workers, not on " + workers);
        }
        int alive = state.alive().size();
        return refuseIf(workers > alive, "there are " + alive + " workers, not " + workers);
    }

    private Optional<String> set(List<Integer> workers) {
        return state.whyNotOn(workers);
    }

    /** Whom a rescale is to: for a number, who works now first, then spare ones, each by their numbers. */
    private List<Integer> target(Request request) {
        if (request instanceof Request.RescaleOnto(var id, var workers)) {
            return List.copyOf(new TreeSet<>(workers));
        }
        int count = request instanceof Request.RescaleTo(var id, var workers) ? workers : 0;
        var order = new ArrayList<>(state.workers());
        order.removeIf(worker -> !state.isAlive(worker));
        state.alive().stream().filter(worker -> !order.contains(worker)).forEach(order::add);
        return List.copyOf(new TreeSet<>(order.subList(0, Math.min(count, order.size()))));
    }

    /** The entry of the first request that can begin now. */
    Optional<ControlEntry> next() {
        return waiting.values().stream()
                .filter(request -> state.request(request.id()).isEmpty())
                .flatMap(request -> entry(request).stream())
                .findFirst();
    }

    private Optional<ControlEntry> entry(Request request) {
        boolean isIdle = state.phase() == JobPhase.RUNNING && state.operation().isEmpty();
        var id = Optional.of(request.id());
        long in = state.generation();
        return switch (request) {
            case Request.Resume resume ->
                when(
                        state.phase() == JobPhase.SUSPENDED || state.phase() == JobPhase.COMPLETE,
                        new ControlEntry.Resume(resume.id()));
            case Request.CancelRescale cancel ->
                state.operation()
                        .flatMap(one -> one instanceof Operation.Rescaling own ? Optional.of(own) : Optional.empty())
                        .map(own -> new ControlEntry.AbortRescale(own.version(), in, "cancelled by a user", id));
            case Request.SnapshotNow now ->
                when(isIdle, new ControlEntry.BeginSnapshot(state.nextSnapshot(), in, state.version(), id));
            case Request.Suspend suspend ->
                when(isIdle, new ControlEntry.Suspend(state.nextSnapshot(), in, state.version(), suspend.id()));
            case Request.RescaleTo rescale ->
                when(isIdle, new ControlEntry.BeginRescale(state.nextVersion(), in, target(rescale), id));
            case Request.RescaleOnto rescale ->
                when(isIdle, new ControlEntry.BeginRescale(state.nextVersion(), in, target(rescale), id));
            case Request.Status status -> Optional.empty();
        };
    }

    private static Optional<ControlEntry> when(boolean condition, ControlEntry entry) {
        return condition ? Optional.of(entry) : Optional.empty();
    }
}
