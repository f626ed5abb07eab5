package dev.gyre.raft.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.raft.session.SessionOutcome.Applied;
import dev.gyre.raft.session.SessionOutcome.Expired;
import dev.gyre.raft.session.SessionOutcome.Forgotten;
import dev.gyre.raft.session.SessionOutcome.Full;
import dev.gyre.raft.session.SessionOutcome.Repeated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Sessions, a rule at a time. */
class SessionsTest {
    private static final SessionSettings SETTINGS = new SessionSettings(3, 4, 100, 1_000);

    private final Sessions<String> sessions = new Sessions<>(SETTINGS, SessionSweep.CODEC);

    private SessionOutcome<String> apply(long session, long sequence, long acknowledged, String answer) {
        return sessions.apply(new SessionRequest(session, sequence, acknowledged), () -> answer);
    }

    @Test
    void retriedRequestIsAnsweredWithTheFirstResult() {
        sessions.register(7);
        assertThat(apply(7, 1, 0, "first")).isEqualTo(new Applied<>("first"));
        assertThat(apply(7, 1, 0, "second")).isEqualTo(new Repeated<>("first"));
    }

    @Test
    void requestsOfOneClientComeInAnyOrder() {
        sessions.register(7);
        assertThat(apply(7, 3, 0, "c")).isEqualTo(new Applied<>("c"));
        assertThat(apply(7, 1, 0, "a")).isEqualTo(new Applied<>("a"));
        assertThat(apply(7, 3, 0, "x")).isEqualTo(new Repeated<>("c"));
        assertThat(apply(7, 2, 1, "b")).isEqualTo(new Applied<>("b"));
    }

    @Test
    void acknowledgedRequestIsForgottenWhetherItWasCarriedOutOrNot() {
        sessions.register(7);
        apply(7, 1, 0, "a");
        assertThat(apply(7, 4, 2, "d")).isEqualTo(new Applied<>("d"));
        assertThat(apply(7, 1, 0, "x")).isEqualTo(new Forgotten<>());
        assertThat(apply(7, 2, 0, "x")).isEqualTo(new Forgotten<>());
        assertThat(apply(7, 3, 0, "c")).isEqualTo(new Applied<>("c"));
    }

    @Test
    void requestBeyondTheWindowIsCarriedOutOnceTheClientAcknowledges() {
        sessions.register(7);
        assertThat(apply(7, 5, 0, "e")).isEqualTo(new Full<>(0));
        assertThat(apply(7, 4, 0, "d")).isEqualTo(new Applied<>("d"));
        assertThat(apply(7, 5, 1, "e")).isEqualTo(new Applied<>("e"));
    }

    @Test
    void sessionWithManyBytesOfAnswersTakesNoNewRequestUntilTheClientAcknowledges() {
        sessions.register(7);
        var large = "x".repeat(100);
        assertThat(apply(7, 1, 0, large)).isEqualTo(new Applied<>(large));
        assertThat(apply(7, 2, 0, "b")).isEqualTo(new Full<>(0));
        assertThat(apply(7, 1, 0, "x")).isEqualTo(new Repeated<>(large));
        assertThat(apply(7, 2, 1, "b")).isEqualTo(new Applied<>("b"));
    }

    @Test
    void leastRecentlyUsedSessionMakesRoom() {
        sessions.register(1);
        sessions.register(2);
        sessions.register(3);
        apply(1, 1, 0, "a");
        sessions.keepAlive(2);
        assertThat(sessions.register(4)).containsExactly(3L);
        assertThat(apply(3, 1, 0, "x")).isEqualTo(new Expired<>());
        assertThat(apply(1, 1, 0, "x")).isEqualTo(new Repeated<>("a"));
    }

    @Test
    void idleSessionExpiresAndActiveOnesStay() {
        sessions.advanceTo(50);
        sessions.register(1);
        sessions.register(2);
        sessions.advanceTo(1_000);
        apply(2, 1, 0, "a");
        assertThat(sessions.advanceTo(1_050)).isEmpty();
        assertThat(sessions.advanceTo(1_051)).containsExactly(1L);
        assertThat(sessions.isOpen(1)).isFalse();
        assertThat(sessions.isOpen(2)).isTrue();
    }

    @Test
    void timeNeverGoesBack() {
        sessions.advanceTo(5_000);
        sessions.register(1);
        assertThat(sessions.advanceTo(-1)).isEmpty();
        assertThat(sessions.advanceTo(10)).isEmpty();
        assertThat(sessions.timeNanos()).isEqualTo(5_000);
        assertThat(sessions.advanceTo(Long.MAX_VALUE)).containsExactly(1L);
    }

    @Test
    void expiredSessionNeverComesBack() {
        sessions.register(1);
        apply(1, 1, 0, "a");
        assertThat(sessions.close(1)).isTrue();
        assertThat(apply(1, 1, 0, "x")).isEqualTo(new Expired<>());
        assertThatThrownBy(() -> sessions.register(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("registered after session 1");
    }

    @Test
    void fewerSessionsAreLeftWhenTheSettingsSaySo() {
        sessions.register(1);
        sessions.register(2);
        assertThat(sessions.reconfigure(new SessionSettings(1, 4, 100, 1_000))).containsExactly(1L);
    }

    @Test
    void settingsAreRestoredToo() {
        sessions.reconfigure(new SessionSettings(2, 9, 8, 7));
        assertThat(Sessions.restore(sessions.toBytes(), SessionSweep.CODEC).settings())
                .isEqualTo(new SessionSettings(2, 9, 8, 7));
    }

    @Test
    void answerIsTheClientsEvenIfTheCodecsArrayChangesLater() {
        var shared = new byte[] {1};
        var bytes = new Sessions<byte[]>(SETTINGS, new AnswerCodec<>() {
            @Override
            public byte[] encode(byte[] answer) {
                return answer;
            }

            @Override
            public byte[] decode(byte[] stored) {
                return stored;
            }
        });
        bytes.register(1);
        bytes.apply(new SessionRequest(1, 1, 0), () -> shared);
        shared[0] = 9;
        for (int i = 0; i < 2; i++) {
            var again = bytes.apply(new SessionRequest(1, 1, 0), () -> shared);
            assertThat(again).isInstanceOfSatisfying(Repeated.class, repeated -> {
                var answer = (byte[]) repeated.answer();
                assertThat(answer).containsExactly(1);
                answer[0] = 7;
            });
        }
    }

    @Test
    void damagedBytesAreRefusedWhereverTheyAreDamaged() {
        sessions.register(3);
        apply(3, 2, 0, "b");
        apply(3, 4, 1, "dd");
        var sound = sessions.toBytes();
        for (int at = 0; at < sound.length; at++) {
            var flipped = sound.clone();
            flipped[at] ^= 4;
            isRefused(flipped, "stored sessions");
            isRefused(Arrays.copyOf(sound, at), "stored sessions");
        }
        isRefused(Arrays.copyOf(sound, sound.length + 1), "stored sessions are damaged");
    }

    /** With a right checksum: what another program made wrong. */
    @Test
    void senselessBytesAreRefused() {
        sessions.register(3);
        apply(3, 2, 0, "b");
        apply(3, 4, 1, "dd");
        sessions.register(5);
        var sound = sessions.toBytes();
        int session = 48;
        isRefused(sealed(sound, session, 9), "session 9 cannot be where it is");
        isRefused(sealed(sound, session, 5), "session 5 is there twice");
        isRefused(sealed(sound, session + 16, 2), "answer to request 2 of session 3");
        isRefused(sealed(sound, 8, 0), "maxSessions is 0");
        isRefused(sealed(sound, 40, 3L << 32), "damaged");
        isRefused(sealed(sound, 4, 2L << 32), "have version 2, and this program knows version 1 alone");
    }

    /** With a number in place of eight bytes; the lower half is left if the number has none. */
    private static byte[] sealed(byte[] sound, int at, long value) {
        var bytes = ByteBuffer.wrap(sound.clone());
        if ((int) value == 0) {
            bytes.putInt(at, (int) (value >>> 32));
        } else {
            bytes.putLong(at, value);
        }
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, sound.length - 4);
        return bytes.putInt(sound.length - 4, (int) crc.getValue()).array();
    }

    private static void isRefused(byte[] bytes, String words) {
        assertThatThrownBy(() -> Sessions.restore(bytes, SessionSweep.CODEC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void answerThatTheCodecRefusesIsNamed() {
        sessions.register(3);
        apply(3, 2, 0, "b");
        var codec = new AnswerCodec<String>() {
            @Override
            public byte[] encode(String answer) {
                return new byte[0];
            }

            @Override
            public String decode(byte[] bytes) {
                throw new IllegalArgumentException("an older answer");
            }
        };
        assertThatThrownBy(() -> Sessions.restore(sessions.toBytes(), codec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("request 2 of session 3", "an older answer");
    }

    @Test
    void requestsThatNoClientMaySendAreRefusedBeforeTheyAreProposed() {
        for (var bad :
                List.of(new long[] {0, 1, 0}, new long[] {1, 0, 0}, new long[] {1, 2, 2}, new long[] {1, 2, -1})) {
            assertThatThrownBy(() -> new SessionRequest(bad[0], bad[1], bad[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("session");
        }
    }

    @Test
    void settingsThatNoSnapshotCouldHoldAreRefused() {
        assertThatThrownBy(() -> new SessionSettings(1 << 20, 100, 1 << 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048576 sessions with 2224 bytes of answers each are more than 1073741824");
        assertThat(SessionSettings.defaults().maxSessions()).isEqualTo(10_000);
    }
}
