package dev.berth.examples.benchmarks.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any other registry, as the command line names it. */
public final class OtherPeer {
    private static final Pattern SYNTAX = Pattern.compile("([A-Za-z0-9._-]+)(:durable)?(?::pid=(\\d+))?=(.+)");

    private OtherPeer() {}

    /**
     * Reads NAME=COMMAND or NAME=ADDRESS, with ":durable" and ":pid=N" after the name.
     *
     * @throws IllegalArgumentException if the text is neither, or the address is not one of this machine
     */
    public static Peer parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not NAME[:durable][:pid=N]=ADDRESS or NAME[:durable]=COMMAND: " + text);
        }
        String name = matcher.group(1);
        boolean durable = matcher.group(2) != null;
        String what = matcher.group(4);
        if (!what.startsWith("http://") && !what.startsWith("https://")) {
            if (!what.contains("{port}")) {
                throw new IllegalArgumentException("The command has no {port}: " + what);
            }
            return new CommandPeer(name, durable, what);
        }
        URI uri = URI.create(what.endsWith("/") ? what.substring(0, what.length() - 1) : what);
        requireLoopback(uri);
        return new GivenPeer(
                name, durable, uri, Optional.ofNullable(matcher.group(3)).map(Long::valueOf));
    }

    /** A load like this is for nobody else's machine. */
    private static void requireLoopback(URI uri) {
        try {
            if (uri.getPort() < 0 || !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                throw new IllegalArgumentException("Not a loopback address with a port: " + uri);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not a loopback address with a port: " + uri, e);
        }
    }
}
