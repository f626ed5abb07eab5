package dev.gyre.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    /** The server was given a name, and the connection has come to the address in the second column. */
    @ParameterizedTest
    @CsvSource({
        "localhost, 127.0.0.1, true",
        "localhost:8080, 127.0.0.1, true",
        "LOCALHOST:1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.1.2.3:80, 127.0.0.1, true",
        "[::1]:8080, ::1, true",
        "jobs.example:8080, 10.0.0.7, true",
        "Jobs.Example, 10.0.0.7, true",
        "10.0.0.7:8080, 10.0.0.7, true",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7, true",
        "10.0.0.8, 10.0.0.7, false",
        "0.0.0.0, 127.0.0.1, false",
        "evil.example, 127.0.0.1, false",
        "localhost.evil.example, 127.0.0.1, false",
        "127.0.0.1.evil.example, 127.0.0.1, false",
        "evil.example:127.0.0.1, 127.0.0.1, false",
        "127.0.0.256, 127.0.0.1, false",
        "127.1, 127.0.0.1, false",
        "[evil.example], 127.0.0.1, false",
        "localhost@evil.example, 127.0.0.1, false",
        "'', 127.0.0.1, false"
    })
    void hostIsOneByWhichNoOtherSiteGoes(String host, String local, boolean isOwn) throws Exception {
        assertThat(new Guard("jobs.example").isOwn(host, InetAddress.getByName(local)))
                .isEqualTo(isOwn);
    }
}
