package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses the classes that reading a manifest needs, so that they are initialised. A class whose initialiser fails, because
 * there is no memory at that moment, cannot be used until the process ends.
 */
final class EngineWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(StorageRegistry.class);

    private EngineWarmUp() {}

    static void run() {
        String empty = "{\"mediaType\":\"" + MediaTypes.OCI_EMPTY + "\",\"size\":0,\"digest\":\""
                + Digest.sha256(new byte[0]) + "\"}";
        byte[] manifest = ("{\"schemaVersion\":2,\"config\":" + empty + ",\"layers\":[" + empty
                        + "],\"annotations\":{}}")
                .getBytes(StandardCharsets.UTF_8);
        ManifestDocument document = ManifestDocument.parseNew(Manifest.of(MediaTypes.OCI_MANIFEST, manifest));
        Optional<String> mediaType = ManifestDocument.inferMediaType(manifest);
        LOG.trace("Manifests can be read: {}, {}", document.references(), mediaType);
    }
}
