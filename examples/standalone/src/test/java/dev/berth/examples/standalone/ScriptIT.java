package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.BerthScript;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/berth} starts berth.jar wherever it is, with or without an archive of classes, and becomes the JVM. */
@Tag("any-jdk")
class ScriptIT {
    @TempDir
    Path directory;

    @Test
    void classesComeFromTheArchiveOfTheBuild() throws Exception {
        BerthScript script = BerthScript.built();
        assumeThat(script.archive()).as("this JVM makes archives of classes").isRegularFile();
        Path loaded = directory.resolve("loaded");

        script.with("BERTH_OPTS", "-Xlog:class+load:file=" + loaded)
                .run("--version")
                .successful();

        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains(" dev.berth.examples.standalone.Berth source: shared objects file"));
    }

    @Test
    void aServerIsReachedThroughASymbolicLinkAndStoppedByASignal() throws Exception {
        BerthScript script = BerthScript.copiedTo(directory.resolve("a folder"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), script.file());

        try (BerthProcess berth = script.at(link)
                .in(Files.createDirectory(directory.resolve("work")))
                .serve("--storage", "data of images")) {
            RegistryHttp.expect(200, berth.http().get("/v2/"));
            assertThat(directory.resolve("work/data of images")).isDirectory();

            ChildProcess.Outcome outcome = berth.stop();

            assertThat(outcome.err()).contains("Stopping").doesNotContain("Exception");
            assertThat(outcome.out().lines()).singleElement().asString().startsWith("Berth listens on ");
        }
    }

    @Test
    void argumentsStayAsTheyAre() throws Exception {
        ChildProcess.Outcome outcome = BerthScript.built().run("no  such * command");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("There is no command 'no  such * command'");
    }

    @Test
    void anArchiveThatIsMissingOrOfNoUseIsNotMentioned() throws Exception {
        BerthScript script = BerthScript.copiedTo(directory.resolve("other"));
        expectVersion(script);

        Files.writeString(script.archive(), "no archive");
        expectVersion(script);

        // As after the copy of a directory: the archive is that of a berth.jar with another time.
        assumeThat(BerthScript.built().archive()).isRegularFile();
        Files.copy(BerthScript.built().archive(), script.archive(), StandardCopyOption.REPLACE_EXISTING);
        expectVersion(script);
    }

    private static void expectVersion(BerthScript script) throws Exception {
        ChildProcess.Outcome outcome = script.run("--version").successful();

        assertThat(outcome.out().lines()).singleElement().asString().startsWith("berth ");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void optionsOutweighThoseOfTheScript() throws Exception {
        assertThat(flags("")).containsPattern("UseSerialGC +:?= true");
        assertThat(flags("-XX:+UseParallelGC -Xms20m"))
                .containsPattern("UseParallelGC +:?= true")
                .containsPattern("InitialHeapSize +:?= 20971520 ");
    }

    private static String flags(String options) throws Exception {
        return BerthScript.built()
                .with("JAVA_OPTS", "-XX:+PrintFlagsFinal")
                .with("BERTH_OPTS", options)
                .run("--version")
                .successful()
                .out();
    }

    @Test
    void aMissingJvmIsNamedInOneSentence() throws Exception {
        ChildProcess.Outcome outcome =
                BerthScript.built().with("JAVA_HOME", "/no/java").run("--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .containsExactly(
                        "berth: There is no /no/java/bin/java; correct JAVA_HOME, or unset it to use the java of"
                                + " PATH.");
    }
}
