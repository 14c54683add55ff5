package dev.berth.registry.scan.advisory;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Parts of real databases; the README beside them says from where they are. */
final class Samples {
    private Samples() {}

    static Path golang() {
        return directory("golang-vulndb");
    }

    static Path python() {
        return directory("pypa-advisory-database");
    }

    private static Path directory(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Samples.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
