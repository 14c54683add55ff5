package com.example.app;

import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.ImageLocation;

/** Copies an image to a registry elsewhere. */
final class Copying {
    private Copying() {}

    static CopyResult copy(Registry source, String image, String address) {
        try (Registry target = RemoteRegistry.at(address)) {
            return ImageCopier.create().copy(ImageLocation.of(source, image), ImageLocation.of(target, image));
        }
    }
}
