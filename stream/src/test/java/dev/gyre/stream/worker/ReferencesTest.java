package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.SnapshotPart;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SectionRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which objects a part may refer to. */
class ReferencesTest {
    private final References references = new References();

    private static SectionRef ref(int group, String object, int length) {
        return new SectionRef(new Section("count", group), object, 0, length, 0);
    }

    private static List<ByteBuffer> bytes(int size) {
        return List.of(ByteBuffer.allocate(size));
    }

    private List<String> taken(long snapshot, int size, SectionRef... sections) {
        for (var section : sections) {
            if (section.object().equals("s" + snapshot)) {
                references.written(section);
            }
        }
        return references.taken(snapshot, "s" + snapshot, List.of(sections), bytes(size));
    }

    @Test
    void nothingIsReferredToBeforeItIsCommitted() {
        assertThat(taken(1, 100, ref(1, "s1", 60))).isEmpty();
        assertThat(references.usable()).isEmpty();
        references.committed(1);
        assertThat(references.usable()).containsExactly("s1");
        assertThat(references.find("count", 1, references.usable())).contains(ref(1, "s1", 60));
    }

    @Test
    void ofASnapshotThatWasGivenUpNothingIsReferredTo() {
        taken(1, 100, ref(1, "s1", 30), ref(2, "s1", 30));
        references.committed(1);
        taken(2, 100, ref(1, "s2", 40), ref(2, "s1", 30));
        assertThat(references.find("count", 1, references.usable())).isEmpty();
        assertThat(references.find("count", 2, references.usable())).contains(ref(2, "s1", 30));
        references.committed(1); // late
        assertThat(references.usable()).containsExactly("s1");
    }

    @Test
    void objectOfWhichLessThanAQuarterIsInUseIsLeft() {
        taken(1, 100, ref(1, "s1", 25), ref(2, "s1", 35));
        references.committed(1);
        assertThat(taken(2, 40, ref(1, "s1", 25), ref(2, "s2", 35))).containsExactly("s1");
        references.committed(2);
        assertThat(references.usable()).containsExactly("s1", "s2");
        assertThat(taken(3, 40, ref(1, "s3", 24), ref(2, "s2", 9))).containsExactly("s2");
        references.committed(3);
        assertThat(references.usable()).containsExactly("s3");
    }

    @Test
    void whatIsInUseOfAnObjectIsAddedUp() {
        taken(1, 100, ref(1, "s1", 13), ref(2, "s1", 13));
        references.committed(1);
        assertThat(references.usable()).containsExactly("s1");
    }

    @Test
    void ofManyObjectsThoseAreTakenOfWhichMostIsInUse() {
        var sections = new ArrayList<SectionRef>();
        for (int snapshot = 1; snapshot <= SnapshotPart.OLDER_MAX + 2; snapshot++) {
            var own = ref(snapshot, "s" + snapshot, 10 + snapshot);
            sections.add(own);
            sections.removeIf(ref -> !ref.equals(own) && !references.usable().contains(ref.object()));
            var older = taken(snapshot, 20, sections.toArray(SectionRef[]::new));
            assertThat(older).hasSizeLessThanOrEqualTo(SnapshotPart.OLDER_MAX);
            references.committed(snapshot);
        }
        assertThat(references.usable())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(3, SnapshotPart.OLDER_MAX + 2)
                        .mapToObj(snapshot -> "s" + snapshot)
                        .toList());
    }
}
