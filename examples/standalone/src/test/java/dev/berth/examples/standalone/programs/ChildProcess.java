package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process, with its output. Closing it kills the process and its descendants. */
public final class ChildProcess implements AutoCloseable {
    /** Generous, for a loaded machine: only a failing test waits this long. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String command;
    private final Process process;
    private final ProcessOutput out;
    private final ProcessOutput err;

    private ChildProcess(String command, Process process) {
        this.command = command;
        this.process = process;
        this.out = ProcessOutput.of(process.getInputStream(), "output of " + process.pid());
        this.err = ProcessOutput.of(process.getErrorStream(), "errors of " + process.pid());
    }

    public static ChildProcess start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(String.join(" ", builder.command()), process);
    }

    /** Runs a program and waits for its exit. */
    public static Outcome run(List<String> command) throws IOException, InterruptedException {
        try (ChildProcess child = start(new ProcessBuilder(command))) {
            return child.awaitExit();
        }
    }

    public ProcessOutput out() {
        return out;
    }

    public ProcessOutput err() {
        return err;
    }

    /** Sends SIGTERM. */
    public void terminate() {
        // Process.destroy would also close the output, and lose the rest of it.
        process.toHandle().destroy();
    }

    /** Sends SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Outcome awaitExit() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(command + " has not ended within " + TIMEOUT + ":\n" + printed());
        }
        out.awaitEnd();
        err.awaitEnd();
        return new Outcome(command, process.exitValue(), out.text(), err.text());
    }

    public String printed() {
        return out.text() + "\n" + err.text();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The exit code and output of a program. */
    public record Outcome(String command, int exitCode, String out, String err) {
        /** Returns this, or fails if the exit code is not 0. */
        public Outcome successful() {
            if (exitCode != 0) {
                throw new AssertionError("Exit code " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return exitCode + " of " + command + "\n" + out + "\n" + err;
        }
    }
}
