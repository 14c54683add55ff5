package dev.berth.examples.standalone;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard error of a command that may be stopped: after the line that says so nothing more is printed, neither by the
 * command, whose parts fail one after the other, nor by a progress bar. Thread-safe.
 */
final class StoppableOutput extends FilterOutputStream {
    private static final int TIMEOUT_SECONDS = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private boolean withinLine;
    private volatile boolean stopped;

    StoppableOutput(OutputStream output) {
        super(output);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (!stopped && length > 0) {
                out.write(bytes, offset, length);
                withinLine = bytes[offset + length - 1] != '\n';
            }
        } finally {
            lock.unlock();
        }
    }

    /** Prints a last line. */
    void stopWith(String line) {
        try {
            // A terminal that does not scroll holds a writer up.
            if (!lock.tryLock(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                stopped = true;
                return;
            }
            try {
                stopped = true;
                String separator = System.lineSeparator();
                String text = (withinLine ? separator : "") + line + separator;
                out.write(text.getBytes(Charset.defaultCharset()));
                out.flush();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // There is nowhere to say it.
            stopped = true;
        }
    }
}
