package dev.berth.examples.standalone.programs;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code berth.jar serve}. Closing it kills it. */
public final class BerthProcess implements AutoCloseable {
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

    /** Waits until the server prints its address. */
    public static BerthProcess ready(ChildProcess process) throws InterruptedException {
        try {
            String line = process.out().awaitLine("address", any -> true, ChildProcess.TIMEOUT);
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

    /** Returns the line that the server printed when it was ready. */
    public String readyLine() {
        return readyLine;
    }

    public URI address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    /** Returns host and port, as in a reference: {@code 127.0.0.1:5000}. */
    public String hostAndPort() {
        return address.getAuthority();
    }

    public RegistryHttp http() {
        return new RegistryHttp(address);
    }

    /** Returns the log so far, including the access log. */
    public String log() {
        return process.err().text();
    }

    /** Waits until a line of the log contains a text. */
    public void awaitLog(String text) throws InterruptedException {
        process.err().awaitLine(text, line -> line.contains(text), ChildProcess.TIMEOUT);
    }

    /** Waits until the server says where health is, and returns the address of {@code http.debug}. */
    public URI debugAddress() throws InterruptedException {
        String line = process.out()
                .awaitLine("address of health", text -> text.startsWith("Health is at "), ChildProcess.TIMEOUT);
        Matcher matcher = ADDRESS.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("The line holds no address: " + line);
        }
        return URI.create("http://" + matcher.group(2) + ":" + matcher.group(3));
    }

    /** Sends SIGTERM and waits for the exit. */
    public ChildProcess.Outcome stop() throws InterruptedException {
        terminate();
        return awaitExit();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.terminate();
    }

    /** Sends SIGKILL without waiting. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ChildProcess.Outcome awaitExit() throws InterruptedException {
        return process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
