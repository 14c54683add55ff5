package dev.berth.registry.internal.eventlog;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The keys below {@code _berth/events/}, and names of receivers as segments of them. */
public final class ReceiverKeys {
    /** What was published and is in no queue yet. */
    static final KeyPrefix LOG = KeyPrefix.of(Keys.EVENTS + "log/");

    static final KeyPrefix QUEUES = KeyPrefix.of(Keys.EVENTS + "queues/");
    static final KeyPrefix PARKED = KeyPrefix.of(Keys.EVENTS + "parked/");
    static final KeyPrefix DEAD = KeyPrefix.of(Keys.EVENTS + "dead/");

    /** What could not be read. */
    static final KeyPrefix UNREADABLE = KeyPrefix.of(Keys.EVENTS + "unreadable/");

    /** The receivers that all nodes know. */
    public static final ObjectKey DIRECTORY = Keys.EVENTS.key("endpoints");

    /** Who puts entries of the log into queues. */
    public static final ObjectKey LOG_LEASE = Keys.EVENTS.key("leases/log");

    private ReceiverKeys() {}

    /** Who delivers to a receiver. */
    public static ObjectKey lease(String receiver) {
        return Keys.EVENTS.key("leases/to/" + segment(receiver));
    }

    static KeyPrefix of(KeyPrefix area, String receiver) {
        return KeyPrefix.of(area + segment(receiver) + "/");
    }

    /** Returns a name as a segment of a key: letters, digits, {@code -} and {@code _} as they are, the rest as %XX. */
    static String segment(String name) {
        StringBuilder segment = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                segment.append(c);
            } else {
                segment.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return segment.toString();
    }

    /** Returns the name of a segment. */
    static String name(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
