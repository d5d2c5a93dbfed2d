package io.fairlead.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.toMap;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds the table of allowed arrows between packages and the short list of bans, each with its
 * reason.
 */
class ArchitectureTest {
    private static final String ROOT = "io.fairlead.gateway";

    /** package: the packages it may use. {@code kernel} and {@code protocol} are open to all. */
    private static final String TABLE =
            """
            config:
            cloud:     config
            catalogue: config
            access:    config
            routing:   catalogue config
            ledger:    catalogue
            telemetry: ledger
            upstream:  catalogue cloud
            media:     config
            responses:
            pipeline:  access catalogue routing upstream ledger telemetry media responses
            edge:      pipeline access telemetry config admin
            admin:     catalogue access ledger routing telemetry config
            store:     catalogue ledger responses
            app:       *
            cli:       *
            """;

    private static final Map<String, Set<String>> MAY_USE =
            TABLE.lines()
                    .map(line -> line.strip().split("[: ]+", -1))
                    .collect(toMap(row -> row[0], row -> new TreeSet<>(Set.of(row))));

    private static final JavaClasses GATEWAY =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    private static final JavaClasses PROTOCOL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.fairlead.protocol", "io.fairlead.kernel");

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatTheTableAllows(String name) {
        Set<String> allowed = MAY_USE.getOrDefault(name, Set.of());
        String[] forbidden =
                packages()
                        .filter(other -> !allowed.contains("*") && !allowed.contains(other))
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because("the table of arrows in this test says so")
                .check(GATEWAY);
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : GATEWAY) {
            String below = type.getPackageName().substring(ROOT.length());
            if (!below.isEmpty()) {
                found.add(below.substring(1).split("\\.", -1)[0]);
            }
        }
        assertThat(MAY_USE.keySet()).containsAll(found);
    }

    @Test
    void sqlStaysInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.sqlite..")
                .because("the store implements the ports of the features; nobody else speaks SQL")
                .check(GATEWAY);
    }

    @Test
    void theHttpClientStaysInUpstreamAndTheServerInTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".upstream..", ROOT + ".app..", ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.HttpClient")
                .because("one package talks to providers")
                .check(GATEWAY);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".edge..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.HttpServerRequest")
                .because("one package talks to clients")
                .check(GATEWAY);
    }

    @Test
    void theClockIsInjected() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".cli..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time comes from an InstantSource, so that tests can set it")
                .check(GATEWAY);
    }

    @Test
    void theEnvironmentIsReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".config..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("what the environment says is configuration")
                .check(GATEWAY);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .because("standard output belongs to the command line; everything else logs")
                .check(GATEWAY);
    }

    @Test
    void protocolIsPure() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.nio.file..",
                        "java.util.logging..",
                        "org.slf4j..",
                        "io.vertx..",
                        "io.netty..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .because(
                        "the protocol library is embedded by others: no I/O, clock, logging or"
                                + " threads")
                .check(PROTOCOL);
    }

    @Test
    void namesSayWhatAThingIs() {
        for (JavaClasses module : Set.of(GATEWAY, PROTOCOL)) {
            for (String ending : Set.of("Util", "Utils", "Helper", "Manager", "Impl")) {
                noClasses()
                        .should()
                        .haveSimpleNameEndingWith(ending)
                        .because("such a name is where logic ends that belongs nowhere")
                        .check(module);
            }
            noClasses().should().haveSimpleNameStartingWith("Abstract").check(module);
        }
    }

    @Test
    void nothingHasSetters() {
        noMethods()
                .should()
                .haveNameMatching("set(?!Aside)[A-Z].*")
                .because("values are immutable; configuration is replaced as a whole")
                .check(GATEWAY);
    }

    @Test
    void publicClassesAreFinalOrValues() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .because("the house has no inheritance of classes")
                .check(GATEWAY);
    }

    @Test
    void protocolFamiliesDoNotKnowEachOther() {
        noClasses()
                .that(resideInAPackage("io.fairlead.protocol.json.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fairlead.protocol.openai..")
                .check(PROTOCOL);
    }
}
