package dev.gyre.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is not deterministic comes from a host. Hosts are the packages named here; everything else is protocol code, and must
 * do the same on every run of a seed.
 */
class DeterminismTest {
    private static final JavaClasses CLASSES = Project.classes();

    /** The packages that may read clocks, start threads and do I/O. */
    private static final String[] HOSTS = {
        "dev.gyre.core.host..",
        "dev.gyre.stream.http..", // a front end to LocalJob, for any thread: see LayersTest
        "dev.gyre.maelstrom.process..",
        "dev.gyre.maelstrom.cli..",
        "dev.gyre.bench.."
    };

    /**
     * A class outside of these packages that has to do with threads: the store of snapshots in a directory belongs to a job, not to a host, and
     * waits for the disk so that no worker has to. What it does reaches a worker through the worker's own loop.
     */
    private static final String SNAPSHOT_THREAD = "dev.gyre.stream.snapshot.SnapshotThread";

    /** How a program starts a job on threads: a front end to a host, for any thread. */
    private static final String LOCAL_JOB = "dev.gyre.stream.LocalJob";

    /** Starts such a job itself, and waits for it. */
    private static final String REHEARSAL = "dev.gyre.stream.Rehearsal";

    private static final Set<String> FORBIDDEN_CALLS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static final List<String> FORBIDDEN_TYPES = List.of(
            "java.lang.Thread",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.CompletableFuture",
            "java.security.SecureRandom");

    /** Their iteration order is salted, or depends on identity hash codes. */
    private static final Set<String> UNORDERED = Set.of(
            "java.util.HashMap.<init>",
            "java.util.HashSet.<init>",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.groupingBy");

    private static final Set<String> ITERATIONS = Set.of(
            "java.util.Map.entrySet",
            "java.util.Map.keySet",
            "java.util.Map.values",
            "java.util.Map.forEach",
            "java.util.Set.iterator",
            "java.util.Set.stream",
            "java.util.Set.forEach",
            "java.util.HashMap.entrySet",
            "java.util.HashMap.keySet",
            "java.util.HashMap.values",
            "java.util.HashSet.iterator");

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static boolean accesses(JavaClass type, Set<String> targets) {
        return type.getAccessesFromSelf().stream().anyMatch(access -> targets.contains(target(access)));
    }

    private static DescribedPredicate<JavaAccess<?>> forbidden() {
        return DescribedPredicate.describe("not deterministic", access -> {
            boolean isUnseeded = access.getTarget().getFullName().equals("java.util.Random.<init>()")
                    || access.getTarget().getFullName().equals("java.util.Collections.shuffle(java.util.List)");
            return isUnseeded
                    || FORBIDDEN_CALLS.contains(target(access))
                    || FORBIDDEN_TYPES.contains(access.getTargetOwner().getName());
        });
    }

    @Test
    void protocolCodeReadsNoClockStartsNoThreadAndDrawsNoUnseededNumber() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOSTS)
                .and()
                .doNotHaveFullyQualifiedName(SNAPSHOT_THREAD)
                .and()
                .doNotHaveFullyQualifiedName(LOCAL_JOB)
                .and()
                .doNotHaveFullyQualifiedName(REHEARSAL)
                .should()
                .accessTargetWhere(forbidden())
                .check(CLASSES);
    }

    @Test
    void classThatUsesAnUnorderedCollectionIteratesOverNone() {
        var iterates = DescribedPredicate.describe(
                "use an unordered map or set, and iterate over maps or sets",
                (JavaClass type) -> accesses(type, UNORDERED) && accesses(type, ITERATIONS));
        noClasses()
                .that()
                .resideOutsideOfPackages(HOSTS)
                .should(ArchCondition.from(iterates))
                .because("its order would change from run to run: use a linked, sorted or indexed one")
                .check(CLASSES);
    }
}
