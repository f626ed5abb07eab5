package dev.gyre.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTypesTest {
    sealed interface Nested {
        record Plain() implements Nested {}

        sealed interface Inner extends Nested {
            record TxnOk() implements Inner {}
        }

        @JsonTypeName("renamed")
        record Other() implements Nested {}
    }

    sealed interface Doubled {
        record ReadOk() implements Doubled {}

        @JsonTypeName("read_ok")
        record Again() implements Doubled {}
    }

    interface Open {}

    @ParameterizedTest
    @CsvSource({"Echo,echo", "EchoOk,echo_ok", "HTTPCall,http_call", "Phase2Done,phase2_done", "A,a", "Read_Ok,read_ok"
    })
    void wireNameIsTheSnakeCaseOfTheRecords(String simpleName, String wireName) {
        assertThat(PayloadTypes.snakeCase(simpleName)).isEqualTo(wireName);
    }

    @Test
    void recordsOfNestedInterfacesBelongAndAnnotationsRename() {
        assertThat(PayloadTypes.of(Nested.class).byName().keySet()).containsExactly("plain", "txn_ok", "renamed");
    }

    @Test
    void twoRecordsOfOneNameAreRefused() {
        assertThatThrownBy(() -> PayloadTypes.of(Doubled.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are both \"read_ok\" on the wire");
    }

    @Test
    void interfaceThatIsNotSealedIsRefused() {
        assertThatThrownBy(() -> PayloadTypes.of(Open.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither a record nor a sealed interface of records");
    }

    @Test
    void payloadOfAnotherProtocolIsRefused() {
        assertThatThrownBy(() -> PayloadTypes.of(Nested.class).of(new Doubled.ReadOk()))
                .hasMessageContaining("is no payload of");
    }
}
