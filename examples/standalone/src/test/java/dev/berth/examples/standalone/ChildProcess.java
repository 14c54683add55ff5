package dev.berth.examples.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that a test started: its output, the signals it gets, and its end. Closing it kills what is left of it. */
final class ChildProcess implements AutoCloseable {
    /** Long enough for a loaded machine: it is only ever waited for when something is wrong. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

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

    static ChildProcess start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(String.join(" ", builder.command()), process);
    }

    /** Runs a program to its end. */
    static Outcome run(List<String> command) throws IOException, InterruptedException {
        try (ChildProcess child = start(new ProcessBuilder(command))) {
            return child.awaitExit();
        }
    }

    ProcessOutput out() {
        return out;
    }

    ProcessOutput err() {
        return err;
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        // Process.destroy would close its output as well, and what it still says would be lost.
        process.toHandle().destroy();
    }

    /** Ends it at once, wherever it is: SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Outcome awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(command + " has not ended within " + PATIENCE + ":\n" + printed());
        }
        out.awaitEnd();
        err.awaitEnd();
        return new Outcome(command, process.exitValue(), out.text(), err.text());
    }

    String printed() {
        return out.text() + "\n" + err.text();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** How a program ended, and what it printed. */
    record Outcome(String command, int exitCode, String out, String err) {
        /** The same, of a program that has to succeed. */
        Outcome successful() {
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
