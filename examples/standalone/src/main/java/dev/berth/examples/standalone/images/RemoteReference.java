package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Reference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads references to remote registries, and tells a registry alone from a short name of Docker Hub. */
final class RemoteReference {
    /** A name that no repository has which people write without its registry: localhost, an address, a name with dots. */
    private static final Pattern HOST =
            Pattern.compile("(?i)(localhost|\\[[0-9a-f:.%]+]|[a-z0-9-]+(\\.[a-z0-9-]+)+)\\.?(:\\d{1,5})?/?");

    private static final Pattern NAME_AND_NUMBER = Pattern.compile("[^/:@]+:(\\d{1,5})/?");
    private static final int FIRST_FREE_PORT = 1024;
    private static final int LAST_PORT = 65535;

    private RemoteReference() {}

    /** Parses what is read: {@code debian:12} is an image, also if its tag could be a port. */
    static Reference source(LocationText location) {
        String text = location.place();
        if (HOST.matcher(text).matches()) {
            throw registryAlone(location);
        }
        return Locations.parse(() -> Reference.parse(text));
    }

    /** Parses what is written: nobody writes to the official images of Docker Hub, so a number that can be a port is one. */
    static Reference target(LocationText location) {
        Matcher number = NAME_AND_NUMBER.matcher(location.place());
        if (number.matches()
                && Integer.parseInt(number.group(1)) >= FIRST_FREE_PORT
                && Integer.parseInt(number.group(1)) <= LAST_PORT) {
            throw registryAlone(location);
        }
        return source(location);
    }

    private static UsageException registryAlone(LocationText location) {
        String host = location.place().replaceFirst("/$", "");
        return new UsageException("'" + location + "' names a registry where a repository is wanted; write " + host
                + "/REPOSITORY[:TAG]");
    }
}
