package dev.berth.registry.scan.advisory;

import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * An address at which a database can be fetched: a zip of advisories, such as the {@code all.zip} of an ecosystem, or one JSON
 * file. Immutable.
 *
 * @since 0.1
 */
public final class AdvisoryFeed {
    private static final long LARGEST = 4L << 30;
    private static final int HASH_BYTES = 8;

    private final URI address;
    private final long largest;

    private AdvisoryFeed(URI address, long largest) {
        this.address = address;
        this.largest = largest;
    }

    /**
     * Returns a feed.
     *
     * @param address with https, or on this machine
     * @throws IllegalArgumentException if it is anything else
     */
    public static AdvisoryFeed of(URI address) {
        Origin origin = Origin.of(address);
        if (!origin.isSecure() && !origin.isLoopback()) {
            throw new IllegalArgumentException("Advisories are fetched by https, not from " + origin
                    + ": whoever is on the way there could replace them. If that is what you want, say so");
        }
        return insecure(address);
    }

    /**
     * Returns a feed that may be without TLS: whoever is on the way there can hide what is known against images.
     *
     * @throws IllegalArgumentException if it is not an address of http or https
     */
    public static AdvisoryFeed insecure(URI address) {
        Origin unused = Origin.of(address);
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("An address of advisories has neither a user nor a fragment");
        }
        return new AdvisoryFeed(Objects.requireNonNull(address, "address"), LARGEST);
    }

    /** Returns the same feed, of which at most so many bytes are fetched, instead of 4 GiB. */
    public AdvisoryFeed largest(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("The largest size of advisories must be positive");
        }
        return new AdvisoryFeed(address, bytes);
    }

    /** Returns the address. */
    public URI address() {
        return address;
    }

    long largest() {
        return largest;
    }

    /** Returns the address for people: the query may hold a secret. */
    String shown() {
        return Origin.of(address) + address.getRawPath();
    }

    /** Returns the name of the file that it is kept in, which no address can choose. */
    String fileName() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(address.toString().getBytes(StandardCharsets.UTF_8));
            String path = String.valueOf(address.getRawPath()).toLowerCase(Locale.ROOT);
            return "feed-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES)
                    + (path.endsWith(".json") ? ".json" : ".zip");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns the address without its query. */
    @Override
    public String toString() {
        return shown();
    }
}
