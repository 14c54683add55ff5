package dev.berth.examples.standalone.configuration.observability;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The section {@code health}.
 *
 * @param storage whether requests are refused while the storage does not answer, and how often it is asked
 * @param minFree the bytes that must be free on the disk of a directory; 0 for none
 * @param files files that must not be there
 * @param urls URLs that must answer
 * @param addresses addresses that must take a connection
 */
public record HealthSettings(
        StorageCheck storage, long minFree, List<FileCheck> files, List<HttpCheck> urls, List<TcpCheck> addresses) {

    /** Returns whether there is a check while whose failure requests are refused. */
    public boolean refuses() {
        return storage.enabled() || !files.isEmpty() || !urls.isEmpty() || !addresses.isEmpty();
    }

    /**
     * How often something is checked.
     *
     * @param interval the time between two checks
     * @param threshold how many checks must fail one after the other
     */
    public record Pace(Duration interval, int threshold) {}

    /** Whether requests are refused while the storage does not answer, and how often it is asked. */
    public record StorageCheck(boolean enabled, Pace pace) {}

    /** A file that takes the registry out of service as long as it is there. */
    public record FileCheck(Path file, Duration interval) {}

    /**
     * A URL that must answer.
     *
     * @param headers the header fields of the request
     * @param status the status; if it is empty, 200
     * @param timeout how long the answer may take
     */
    public record HttpCheck(
            URI url, Map<String, List<String>> headers, OptionalInt status, Duration timeout, Pace pace) {

        /** Contains no header fields and no query, which may hold secrets. */
        @Override
        public String toString() {
            return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        }
    }

    /** An address that must take a connection within a time. */
    public record TcpCheck(String host, int port, Duration timeout, Pace pace) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
