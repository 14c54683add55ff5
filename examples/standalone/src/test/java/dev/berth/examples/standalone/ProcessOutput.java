package dev.berth.examples.standalone;

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

/** What a child process prints: waited for, and kept whole for the message of a test that fails. Thread-safe. */
final class ProcessOutput {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Reads the stream to its end, on a thread of its own, so that the process never waits for a reader. */
    static ProcessOutput of(InputStream stream, String name) {
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

    /** Waits for the first line that fits. */
    String awaitLine(String what, Predicate<String> fits, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            for (int seen = 0; ; seen++) {
                while (seen == lines.size()) {
                    if (ended || nanos <= 0) {
                        throw new AssertionError(
                                "No " + what + (ended ? "" : " within " + patience) + " in:\n" + text());
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

    /** Waits until the other side has closed the stream, so that {@link #text} is all of it. */
    void awaitEnd() throws InterruptedException {
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

    String text() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }
}
