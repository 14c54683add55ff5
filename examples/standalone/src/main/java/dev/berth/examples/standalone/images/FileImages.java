package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds images in layouts and archives: by name, or the only one. */
final class FileImages {
    private static final int MAX_NAMES = 20;

    private FileImages() {}

    /** Returns the digest of the only image; fails if there are none or several. */
    static Digest single(OciLayoutRegistry files, Supplier<Stream<String>> names, LocationText location) {
        List<Digest> digests =
                files.entries().stream().map(Descriptor::digest).distinct().toList();
        if (digests.size() == 1) {
            return digests.get(0);
        }
        if (digests.isEmpty()) {
            throw new CommandException(location + " holds no image.");
        }
        List<String> some = names.get().limit(MAX_NAMES).toList();
        throw new CommandException(location + " holds " + digests.size() + " images; write " + location + ":NAME, with "
                + (some.isEmpty()
                        ? "@DIGEST in place of :NAME, since none has a name"
                        : "one of " + String.join(", ", some))
                + ".");
    }

    /** Returns the tags of a layout. */
    static Stream<String> tags(Registry layout, RepositoryName repository) {
        return layout.repository(repository).tags().list().stream().map(Tag::value);
    }
}
