package dev.berth.examples.standalone;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code berth.jar serve}. Closing it kills it. */
final class BerthProcess implements AutoCloseable {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(https?)://)?((?:\\d+\\.){3}\\d+|\\[[0-9a-f:]+]|[a-zA-Z][\\w.-]*):(\\d{1,5})\\b");

    private final ChildProcess process;
    private final String readyLine;
    private final URI address;

    private BerthProcess(ChildProcess process, String readyLine, URI address) {
        this.process = process;
        this.readyLine = readyLine;
        this.address = address;
    }

    /** Waits for the line with the address. */
    static BerthProcess ready(ChildProcess process) throws InterruptedException {
        try {
            String line = process.out().awaitLine("address", any -> true, ChildProcess.PATIENCE);
            Matcher matcher = ADDRESS.matcher(line);
            if (!matcher.find()) {
                throw new AssertionError("The first line holds no address: " + line);
            }
            String scheme = matcher.group(1) == null ? "http" : matcher.group(1);
            URI address = URI.create(scheme + "://" + matcher.group(2) + ":" + matcher.group(3));
            return new BerthProcess(process, line, address);
        } catch (AssertionError e) {
            process.terminate();
            throw new AssertionError(e.getMessage() + "\n" + process.awaitExit(), e);
        }
    }

    /** The one line that it printed when it was ready. */
    String readyLine() {
        return readyLine;
    }

    URI address() {
        return address;
    }

    int port() {
        return address.getPort();
    }

    /** As in an image's reference: {@code 127.0.0.1:5000}. */
    String hostAndPort() {
        return address.getAuthority();
    }

    RegistryHttp http() {
        return new RegistryHttp(address);
    }

    /** Waits until it logs a line that has this in it. */
    void awaitLog(String text) throws InterruptedException {
        process.err().awaitLine(text, line -> line.contains(text), ChildProcess.PATIENCE);
    }

    /** SIGTERM, and waits for the end. */
    ChildProcess.Outcome stop() throws InterruptedException {
        terminate();
        return awaitExit();
    }

    /** SIGTERM. */
    void terminate() {
        process.terminate();
    }

    /** SIGKILL, without waiting for anything. */
    void kill() {
        process.kill();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ChildProcess.Outcome awaitExit() throws InterruptedException {
        return process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
