package dev.berth.examples.standalone.browser;

import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images each of which has many hostile texts, in whatever of it a stranger chooses. */
final class HostileImages {
    private static final int TOGETHER = 24;

    /** What fits in the name of a file, and may stand in one. */
    private static final int LONGEST_FILE = 90;

    private final Repository repository;
    private final List<String> texts;

    private HostileImages(Repository repository, List<String> texts) {
        this.repository = repository;
        this.texts = texts;
    }

    /**
     * Pushes them.
     *
     * @return how many there are: each is the tag {@code t} with its number, from 0
     */
    static int push(Registry registry, String name, List<String> texts) {
        int number = 0;
        for (int from = 0; from < texts.size(); from += TOGETHER) {
            List<String> some = texts.subList(from, Math.min(texts.size(), from + TOGETHER));
            new HostileImages(registry.repository(RepositoryName.parse(name)), some).push("t" + number++);
        }
        return number;
    }

    private void push(String tag) {
        TarArchive files = new TarArchive()
                .file("etc/os-release", bytes("PRETTY_NAME=\"" + texts.get(0) + "\"\nVERSION_ID=\"12\"\nID=debian\n"))
                .file(
                        "var/lib/dpkg/status",
                        bytes(
                                "Package: openssl\nStatus: install ok installed\nVersion: 3.0.11-1~deb12u1\nArchitecture: "
                                        + texts.get(0).lines().findFirst().orElse("") + "\nMaintainer: x\n\n"));
        for (String text : texts) {
            if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)
                    && text.indexOf('\0') < 0
                    && text.length() < LONGEST_FILE) {
                files.file("srv/" + text, bytes(text));
            }
        }
        byte[] layer = files.bytes();
        List<HistoryEntry> history = new ArrayList<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> annotations = new HashMap<>();
        for (String text : texts) {
            history.add(new HistoryEntry(
                    Optional.empty(), Optional.of(text), Optional.of(text), Optional.of(text), !history.isEmpty()));
            labels.put(text, text);
            annotations.put(text, text);
        }
        String all = String.join("\n", texts);
        for (String key : List.of(
                "title",
                "description",
                "url",
                "source",
                "documentation",
                "vendor",
                "licenses",
                "authors",
                "version",
                "created")) {
            annotations.put("org.opencontainers.image." + key, texts.get(annotations.size() % texts.size()));
            labels.put("org.opencontainers.image." + key, texts.get(labels.size() % texts.size()));
        }
        labels.put("org.opencontainers.image.description", all);
        byte[] config = ImageConfig.of(Platform.of(texts.get(1 % texts.size()), texts.get(0)))
                .withAuthor(all)
                .withExecution(new ExecutionConfig(
                        Optional.of(texts.get(0)),
                        texts,
                        texts,
                        texts,
                        texts,
                        texts,
                        Optional.of(texts.get(0)),
                        labels,
                        Optional.of(texts.get(0))))
                .withLayers(List.of(Digest.sha256(layer)), history)
                .toJson();
        Manifest image = ImageManifest.of(
                        blob(MediaTypes.OCI_CONFIG, config),
                        List.of(blob(MediaTypes.OCI_LAYER_TAR_GZIP, TarArchive.gzip(layer))))
                .withAnnotations(annotations)
                .toManifest();
        repository.manifests().put(image, Tag.parse(tag));
        Descriptor subject = Descriptor.of(image.mediaType(), image.digest(), image.size());
        Descriptor text = blob("text/markdown", bytes(String.join("\n\n", texts)))
                .withAnnotations(Map.of("org.opencontainers.image.title", "README.md"));
        repository
                .manifests()
                .put(ImageManifest.of(blob("application/vnd.oci.empty.v1+json", bytes("{}")), List.of(text))
                        .withArtifactType("text/markdown")
                        .withSubject(subject)
                        .withAnnotations(annotations)
                        .toManifest());
    }

    private Descriptor blob(String mediaType, byte[] content) {
        Descriptor pushed = repository.blobs().push(BlobSource.of(content));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
