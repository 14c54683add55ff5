package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command printed that was run in this process, and its exit code. */
public record CommandRun(int exitCode, String out, String err) {
    public CommandRun successful() {
        assertThat(exitCode).as("%s", this).isZero();
        return this;
    }

    public void failed(int expected, String... about) {
        assertThat(exitCode).as("%s", this).isEqualTo(expected);
        assertThat(out).isEmpty();
        assertThat(err.lines()).as("%s", this).hasSize(1);
        assertThat(err).contains(about).doesNotContain("Exception");
    }

    /** Runs a command with these lines on standard input. */
    public static CommandRun run(String input, String... arguments) {
        InputStream oldIn = System.in;
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Berth.run(arguments);
            return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(oldIn);
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }
}
