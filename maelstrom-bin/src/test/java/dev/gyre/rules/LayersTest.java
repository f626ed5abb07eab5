package dev.gyre.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** Each module depends on those before it, and each package of core on those below it. */
class LayersTest {
    private static final JavaClasses CLASSES = Project.classes();

    /** Lets a running job be asked over HTTP; nothing of the dataflow itself knows of it. */
    private static final String JOB_SERVER = "dev.gyre.stream.http..";

    private static void neverUses(String user, String... used) {
        noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void modulesDependOnEarlierOnesAlone() {
        neverUses(
                "dev.gyre.core..",
                "dev.gyre.raft..",
                "dev.gyre.stream..",
                "dev.gyre.examples..",
                "dev.gyre.maelstrom..",
                "dev.gyre.bench..");
        neverUses("dev.gyre.raft..", "dev.gyre.stream..", "dev.gyre.examples..", "dev.gyre.maelstrom..");
        neverUses("dev.gyre.stream..", "dev.gyre.examples..", "dev.gyre.maelstrom..");
        neverUses("dev.gyre.examples..", "dev.gyre.maelstrom..", "dev.gyre.core.codec..", "dev.gyre.core.loop..");
    }

    @Test
    void packagesOfCoreBuildOnEachOther() {
        neverUses("dev.gyre.core", "dev.gyre.core.*..");
        neverUses("dev.gyre.core.codec..", "dev.gyre.core.loop..", "dev.gyre.core.host..", "dev.gyre.core.kv..");
        neverUses("dev.gyre.core.loop..", "dev.gyre.core.host..", "dev.gyre.core.kv..");
        neverUses("dev.gyre.core.kv..", "dev.gyre.core.loop..", "dev.gyre.core.host..");
        neverUses("dev.gyre.core.history..", "dev.gyre.core.*..");
        neverUses("dev.gyre.core.checker..", "dev.gyre.core.loop..", "dev.gyre.core.host..", "dev.gyre.core.kv..");
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("dev.gyre.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void socketsBelongToHosts() {
        neverUses("dev.gyre.raft..", "java.net..");
        noClasses()
                .that()
                .resideInAPackage("dev.gyre.stream..")
                .and()
                .resideOutsideOfPackage(JOB_SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "com.sun.net.httpserver..", JOB_SERVER)
                .check(CLASSES);
    }
}
