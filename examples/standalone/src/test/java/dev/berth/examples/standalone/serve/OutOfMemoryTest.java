package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that has no memory left says so in one line and ends, instead of living on half dead. */
class OutOfMemoryTest {
    private static final List<byte[]> MEMORY = new ArrayList<>();

    /** Uses up its memory, on a thread of its own or where the error is caught. */
    public static void main(String... arguments) throws InterruptedException {
        OutOfMemory.watchAllThreads();
        switch (arguments[0]) {
            case "uncaught" -> new Thread(OutOfMemoryTest::useUp).start();
            case "caught" -> {
                try {
                    useUp();
                } catch (OutOfMemoryError e) {
                    OutOfMemory.endIfCauseOf(new IllegalStateException(new ExceptionInInitializerError(e)));
                }
            }
            default -> {
                OutOfMemory.endIfCauseOf(
                        new OutOfMemoryError("unable to create native thread: possibly out of memory"));
                OutOfMemory.endIfCauseOf(new StackOverflowError());
                return;
            }
        }
        new CountDownLatch(1).await();
    }

    private static void useUp() {
        while (true) {
            MEMORY.add(new byte[1000]);
        }
    }

    private static ChildProcess.Outcome run(String how) throws Exception {
        return ChildProcess.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfMemoryTest.class.getName(),
                how));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "caught"})
    void theProcessEndsWithOneLine(String how) throws Exception {
        ChildProcess.Outcome outcome = run(how);

        assertThat(outcome.exitCode()).isEqualTo(OutOfMemory.EXIT_STATUS);
        assertThat(outcome.err().lines())
                .filteredOn(line -> !line.startsWith("WARNING"))
                .singleElement()
                .asString()
                .startsWith("Berth ends with exit status 3: the memory of 24 MiB is used up.");
    }

    @Test
    void theProcessGoesOnWhereOnlyThreadsAreShort() throws Exception {
        assertThat(run("threads").exitCode()).isZero();
    }
}
