package com.example.app;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.image.Compression;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import java.nio.file.Path;

/** Packs a directory into an image. */
final class Packing {
    private Packing() {}

    static Descriptor push(Path directory, Registry registry, String repository) {
        return ImageBuilder.fromScratch(Platform.parse("linux/amd64"))
                .layer(Layer.builder().contentOf("/app", directory).build())
                .entrypoint("/app/run")
                .compression(Compression.zstd())
                .pushTo(registry, RepositoryName.parse(repository), Tag.LATEST);
    }
}
