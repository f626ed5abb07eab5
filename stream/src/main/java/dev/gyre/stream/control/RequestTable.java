package dev.gyre.stream.control;

import dev.gyre.stream.control.RequestState.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What became of the last requests of users, the oldest first. */
final class RequestTable {
    private final SequencedMap<String, RequestState> requests = new LinkedHashMap<>();

    List<RequestState> kept() {
        return List.copyOf(requests.values());
    }

    void restore(List<RequestState> kept) {
        requests.clear();
        kept.forEach(one -> requests.put(one.request(), one));
    }

    Optional<RequestState> state(String request) {
        return Optional.ofNullable(requests.get(request));
    }

    boolean isKnown(Optional<String> request) {
        return request.isPresent() && requests.containsKey(request.get());
    }

    /** Notes what became of a request, if there is one behind what happened. */
    void note(Optional<String> request, Status status, String detail) {
        request.ifPresent(id -> {
            requests.put(id, new RequestState(id, status, detail));
            // At most one is pending, and it is among the last.
            while (requests.size() > ControlState.MAX_REQUESTS) {
                requests.pollFirstEntry();
            }
        });
    }
}
