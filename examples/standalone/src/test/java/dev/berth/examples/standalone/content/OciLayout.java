package dev.berth.examples.standalone.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An OCI image layout in a directory: written for skopeo to read, and read after skopeo wrote it. */
public final class OciLayout {
    private final Path directory;

    public OciLayout(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    /** Writes a layout with one named entry and the blobs it refers to. */
    public static OciLayout write(Path directory, String name, Content root, List<Content> parts) throws IOException {
        OciLayout layout = new OciLayout(Files.createDirectories(directory));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                directory.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
                "annotations":{"org.opencontainers.image.ref.name":"%s"}}]}""".formatted(root.mediaType(), root.digest(), root.size(), name));
        layout.add(root);
        for (Content part : parts) {
            layout.add(part);
        }
        return layout;
    }

    public static OciLayout write(Path directory, String name, TestImage image) throws IOException {
        return write(directory, name, image.manifest(), image.blobs());
    }

    private void add(Content content) throws IOException {
        Path file = file(content);
        Files.createDirectories(file.getParent());
        Files.write(file, content.bytes());
    }

    private Path file(Content content) {
        return directory.resolve("blobs/" + content.digest().replace(':', '/'));
    }

    public void expect(List<Content> contents) throws IOException {
        for (Content content : contents) {
            assertThat(file(content)).hasBinaryContent(content.bytes());
        }
    }

    /** Expects the unchanged blobs of an image, and an index entry for it. */
    public void expect(TestImage image) throws IOException {
        expect(image.blobs());
        expect(List.of(image.manifest()));
        assertThat(directory.resolve("index.json"))
                .content()
                .contains(image.manifest().digest());
    }
}
