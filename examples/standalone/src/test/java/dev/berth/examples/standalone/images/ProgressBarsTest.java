package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.copy.CopyProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProgressBarsTest {
    private static final int WIDTH = 100;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final ProgressBars bars =
            new ProgressBars(new PrintStream(terminal, true, StandardCharsets.UTF_8), WIDTH, "blob");

    private List<String> printed() {
        return List.of(terminal.toString(StandardCharsets.UTF_8).split("[\r\n]+"));
    }

    @Test
    void barsShowProgressWithinTheWidthOfTheTerminal() {
        bars.progress(new CopyProgress(0, 50_000_000, 0, 3, 0, 1));
        bars.progress(new CopyProgress(50_000_000, 50_000_000, 3, 3, 1, 1));
        bars.close();

        assertThat(printed()).last().asString().contains("100%", "50/50 MB", "blob 3 of 3");
        assertThat(printed()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH));
    }

    /** Repeated, because a bar may be closed before or after its thread first draws it. */
    @RepeatedTest(20)
    void barsOfSeveralCopiesFollowEachOther() {
        bars.begin("add 1.0");
        bars.progress(new CopyProgress(1_000_000, 2_000_000, 0, 1, 0, 1));
        bars.begin("add 1.1");
        bars.close();
        bars.close();

        assertThat(printed()).startsWith("add 1.0").endsWith("add 1.1");
        assertThat(printed()).anySatisfy(line -> assertThat(line).contains("1/2 MB"));
    }

    @Test
    void nothingIsDrawnWithoutACopy() {
        bars.close();

        assertThat(terminal.size()).isZero();
    }
}
