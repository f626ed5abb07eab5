package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsistencyModelTest {
    @ParameterizedTest
    @CsvSource({
        "PL-1, READ_UNCOMMITTED",
        "PL-2, READ_COMMITTED",
        "pl-2.99, REPEATABLE_READ",
        "PL-SI, SNAPSHOT_ISOLATION",
        "PL-3, SERIALIZABLE",
        "PL-SS, STRICT_SERIALIZABLE",
        "strong-serializable, STRICT_SERIALIZABLE",
        "strict-session-serializable, STRONG_SESSION_SERIALIZABLE",
        "monotonic-atomic-view, MONOTONIC_ATOMIC_VIEW"
    })
    void modelHasItsAliases(String name, ConsistencyModel model) {
        assertThat(ConsistencyModel.named(name)).isEqualTo(model);
    }

    @Test
    void unknownModelIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsistencyModel.named("serialisable"))
                .withMessageContaining("no consistency model 'serialisable'")
                .withMessageContaining("read-uncommitted, PL-1, read-committed")
                .withMessageContaining("strong-serializable");
    }

    @ParameterizedTest
    @CsvSource({
        "G0, READ_UNCOMMITTED",
        "G1A, READ_COMMITTED",
        "G1B, READ_COMMITTED",
        "G1C, READ_COMMITTED",
        "DIRTY_UPDATE, READ_COMMITTED",
        "INCOMPATIBLE_ORDER, READ_COMMITTED",
        "INTERNAL, READ_ATOMIC",
        "G2_ITEM, REPEATABLE_READ",
        "G_NONADJACENT_PROCESS, STRONG_SESSION_SNAPSHOT_ISOLATION",
        "G1C_REALTIME, STRONG_READ_COMMITTED",
        "G2_ITEM_PROCESS, STRONG_SESSION_SERIALIZABLE",
        "G2_ITEM_REALTIME, STRICT_SERIALIZABLE"
    })
    void anomalyRulesOutAModelAndAllStrongerOnes(AnomalyType type, ConsistencyModel weakest) {
        var ruledOut = ConsistencyModel.ruledOutBy(Set.of(type));
        assertThat(ConsistencyModel.weakest(ruledOut)).containsExactly(weakest);
        assertThat(ruledOut).contains(ConsistencyModel.STRICT_SERIALIZABLE);
    }

    @Test
    void readSkewRulesOutSnapshotsAndRepeatableReads() {
        var ruledOut = ConsistencyModel.ruledOutBy(Set.of(AnomalyType.G_SINGLE));
        assertThat(ConsistencyModel.weakest(ruledOut))
                .containsExactly(ConsistencyModel.REPEATABLE_READ, ConsistencyModel.SNAPSHOT_ISOLATION);
    }

    @Test
    void strictSerializabilityForbidsEverything() {
        assertThat(ConsistencyModel.STRICT_SERIALIZABLE.forbidden()).isEqualTo(EnumSet.allOf(AnomalyType.class));
    }
}
