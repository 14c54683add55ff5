package dev.berth.examples.standalone.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The output of a child process: it can be awaited, and all of it is kept. Thread-safe. */
public final class ProcessOutput {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Drains the stream on a separate thread, so that the process never blocks. */
    public static ProcessOutput of(InputStream stream, String name) {
        ProcessOutput output = new ProcessOutput();
        Thread reader = new Thread(() -> output.read(stream), name);
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String next = line;
                change(() -> lines.add(next));
            }
        } catch (IOException e) {
            change(() -> lines.add("(cannot be read any further: " + e.getMessage() + ")"));
        } finally {
            change(() -> ended = true);
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first matching line. */
    public String awaitLine(String what, Predicate<String> fits, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            for (int seen = 0; ; seen++) {
                while (seen == lines.size()) {
                    if (ended || nanos <= 0) {
                        throw new AssertionError(
                                "No " + what + (ended ? "" : " within " + timeout) + " in:\n" + text());
                    }
                    nanos = changed.awaitNanos(nanos);
                }
                if (fits.test(lines.get(seen))) {
                    return lines.get(seen);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the stream ends, so that {@link #text} is complete. */
    public void awaitEnd() throws InterruptedException {
        long nanos = TimeUnit.MINUTES.toNanos(1);
        lock.lock();
        try {
            while (!ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    public String text() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }
}
