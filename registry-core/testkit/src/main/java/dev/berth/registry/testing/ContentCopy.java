package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.copy.RepositoryLocation;
import dev.berth.registry.copy.SyncFailure;
import dev.berth.registry.copy.SyncOptions;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.nio.file.Path;
import java.util.List;

/** Copies repositories and layouts into a test registry, with all platforms and referrers. */
final class ContentCopy {
    private static final CopyOptions WITH_REFERRERS =
            CopyOptions.builder().referrers(true).build();
    private static final SyncOptions EVERYTHING =
            SyncOptions.builder().copy(WITH_REFERRERS).build();

    private ContentCopy() {}

    static void of(Registry source, RepositoryName name, Registry target) {
        List<SyncFailure> failures = ImageCopier.create()
                .sync(new RepositoryLocation(source, name), new RepositoryLocation(target, name), EVERYTHING)
                .failures();
        if (!failures.isEmpty()) {
            SyncFailure first = failures.get(0);
            throw new IllegalStateException(
                    failures.size() + " tags of " + name + " could not be copied into the test registry; the first: "
                            + first,
                    first.cause());
        }
    }

    static void ofLayout(Path layout, RepositoryName name, Registry target) {
        try (OciLayoutRegistry source = OciLayoutRegistry.open(layout, name)) {
            of(source, name, target);
            for (Descriptor entry : source.entries()) {
                // An image without a tag, as skopeo writes an image to which it was told none.
                if (target.repository(name).manifests().find(entry.digest()).isEmpty()) {
                    ImageCopier.create()
                            .copy(
                                    ImageLocation.of(source, name, entry.digest()),
                                    ImageLocation.of(target, name, entry.digest()),
                                    WITH_REFERRERS);
                }
            }
        }
    }
}
