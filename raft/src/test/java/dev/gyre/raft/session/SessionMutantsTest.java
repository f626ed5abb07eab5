package dev.gyre.raft.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.raft.Mutant;
import dev.gyre.raft.MutantRunner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sweep finds mistakes: each is compiled into one class, and that class takes the place of the right one. */
class SessionMutantsTest {
    private static final int SEEDS = 50;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Sessions      | if (known != null)                                                      | if (known != null && request.acknowledged() > 0)
            Sessions      | return new SessionOutcome.Forgotten<>();                                | return new SessionOutcome.Full<>(session.acknowledged());
            Sessions      | request.sequence() <= session.acknowledged()                            | request.sequence() < session.acknowledged()
            Sessions      | session.acknowledge(request.acknowledged());                            |
            Sessions      | timeNanos = Math.max(timeNanos, newTimeNanos)                           | timeNanos = newTimeNanos
            Sessions      | use(request.session(), session);                                        |
            Sessions      | sessions.putLast(id, session);                                          | sessions.put(id, session);
            Sessions      | session.use(timeNanos);                                                 |
            Sessions      | use(session, found);                                                    |
            Sessions      | > settings.idleTimeoutNanos()                                           | >= settings.idleTimeoutNanos()
            Sessions      | sessions.size() > settings.maxSessions()                                | sessions.size() >= settings.maxSessions()
            Sessions      | new Session(timeNanos, 0)                                               | new Session(0, 0)
            Session       | if (upTo > acknowledged)                                                | if (upTo != acknowledged)
            Session       | headMap(upTo + 1)                                                       | headMap(upTo)
            Session       | seen.clear();                                                           |
            Session       | answerBytes -= answer.length                                            | answerBytes -= 0
            Session       | <= settings.window()                                                    | < settings.window()
            Session       | answerBytes < settings.maxAnswerBytes()                                 | answerBytes <= settings.maxAnswerBytes()
            SessionFormat | putLong(session.lastUsedNanos())                                        | putLong(stored.timeNanos)
            SessionFormat | putLong(session.acknowledged())                                         | putLong(0)
            SessionFormat | .putLong(stored.lastRegistered)                                         | .putLong(stored.timeNanos)
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    private String hunt(String file, String code, String bug) throws Exception {
        var mutant = new Mutant(code + " becomes " + bug, "session/" + file, code, bug);
        return new MutantRunner(folder, "session.SessionSweep").hunt(mutant, SEEDS);
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("Session", "seen.clear();", "seen.clear(); // as it is"))
                .isEmpty();
    }
}
