package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs berth.jar in a terminal of its own, where somebody may press Ctrl-C. Python has the terminal. */
public final class PseudoTerminal {
    /** Presses Ctrl-C after some seconds, counted from the beginning or from some output; then waits for the end. */
    private static final String SCRIPT = """
            import os, pty, select, signal, sys, time
            after, seconds, log = sys.argv[1], float(sys.argv[2]), sys.argv[3]
            # The child must not catch the signal as Python does, nor ignore it as what a shell runs in the background.
            pid, terminal = pty.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execv(sys.argv[4], sys.argv[4:])
            output, due, pressed = b'', None if after else time.monotonic() + seconds, False
            while True:
                if due is None and after.encode() in output:
                    due = time.monotonic() + seconds
                if due is not None and not pressed and time.monotonic() >= due:
                    os.write(terminal, b'\\x03')
                    pressed = True
                if select.select([terminal], [], [], 0.01)[0]:
                    try:
                        some = os.read(terminal, 65536)
                    except OSError:
                        some = b''
                    if not some:
                        break
                    output += some
            status = os.waitpid(pid, 0)[1]
            open(log, 'wb').write(output)
            sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
            """;

    private PseudoTerminal() {}

    /** Returns the exit code, and what was on the terminal after Ctrl-C. */
    public record Interrupted(int exitCode, String terminal, String afterwards) {}

    /** Returns the exit code, and what was on the terminal. */
    public record Ended(int exitCode, String terminal) {}

    /** Runs a command in a terminal of 80 columns to its end. */
    public static Ended run(Path directory, String... arguments) throws IOException, InterruptedException {
        return run(directory, "", Double.MAX_VALUE, arguments);
    }

    /**
     * Runs a command, and presses Ctrl-C.
     *
     * @param after the output from which the time counts; empty for the start of the process
     */
    public static Interrupted interrupt(Path directory, String after, double seconds, String... arguments)
            throws IOException, InterruptedException {
        Ended ended = run(directory, after, seconds, arguments);
        String terminal = ended.terminal();
        return new Interrupted(ended.exitCode(), terminal, terminal.substring(terminal.lastIndexOf("^C") + 2));
    }

    private static Ended run(Path directory, String after, double seconds, String... arguments)
            throws IOException, InterruptedException {
        Programs.assumeInstalled("python3");
        Path log = Files.createTempFile(directory, "terminal", ".log");
        List<String> command = new ArrayList<>(
                List.of(Programs.path("python3"), "-c", SCRIPT, after, Double.toString(seconds), log.toString()));
        command.addAll(List.of(
                BerthCommand.java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                BerthCommand.jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        BerthCommand.isolate(builder);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("COLUMNS", "80");
        builder.environment().remove("NO_COLOR");
        try (ChildProcess child = ChildProcess.start(builder)) {
            int exitCode = child.awaitExit().exitCode();
            return new Ended(exitCode, Files.readString(log));
        }
    }
}
