package dev.berth.examples.query;

import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.copy.ImageLocation;
import dev.berth.registry.copy.RepositoryLocation;
import dev.berth.registry.copy.SyncOptions;
import dev.berth.registry.copy.SyncPlan;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.nio.file.Path;

/** Brings images from one registry to another, and to a directory. */
public final class Copy {
    private Copy() {}

    /** Copies from the registry at the first address to the one at the second, and into the directory of the third. */
    public static void main(String[] arguments) {
        RemoteOptions options =
                RemoteOptions.builder().credentials(CredentialFiles.docker()).build();
        try (Registry source = RemoteRegistry.at(arguments[0], options);
                Registry mirror = RemoteRegistry.at(arguments[1], options)) {
            copy(source, mirror);
            synchronise(source, mirror);
            export(mirror, Path.of(arguments[2]));
        }
    }

    private static void copy(Registry source, Registry mirror) {
        CopyResult result = ImageCopier.create()
                .copy(
                        ImageLocation.of(source, "team/app:1.0"),
                        ImageLocation.of(mirror, "mirror/app:1.0"),
                        CopyOptions.builder().referrers(true).build());
        System.out.println("copied " + result.target().digest() + ", blobs: " + result.blobs());
    }

    private static void synchronise(Registry source, Registry mirror) {
        ImageCopier copier = ImageCopier.create();
        SyncPlan plan = copier.plan(
                RepositoryLocation.of(source, "team/app"),
                RepositoryLocation.of(mirror, "mirror/app"),
                SyncOptions.builder().include("1.*").delete(true).build());
        System.out.print(plan);
        copier.execute(plan);
    }

    private static void export(Registry mirror, Path directory) {
        RepositoryName name = RepositoryName.parse("app");
        try (Registry layout = OciLayoutRegistry.create(directory, name)) {
            ImageCopier.create()
                    .copy(
                            ImageLocation.of(mirror, "mirror/app:1.1"),
                            ImageLocation.of(layout, "app:1.1"),
                            CopyOptions.builder()
                                    .platform(Platform.parse("linux/arm64"))
                                    .build());
        }
    }
}
