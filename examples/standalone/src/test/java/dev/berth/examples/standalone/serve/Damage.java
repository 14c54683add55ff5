package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Damage that a crash of Docker's registry leaves behind: one file that is missing, empty, truncated or wrong. */
enum Damage {
    EMPTY_LAYER_LINK(Part.LAYER_LINK, 0),
    CUT_LAYER_LINK(Part.LAYER_LINK, 30),
    LAYER_LINK_TO_SOMEWHERE_ELSE(Part.LAYER_LINK, "sha256:../../../../../../../../etc/passwd"),
    MISSING_LAYER_LINK(Part.LAYER_LINK),
    EMPTY_LAYER_DATA(Part.LAYER_DATA, 0),
    MISSING_LAYER_DATA(Part.LAYER_DATA),
    EMPTY_REVISION_LINK(Part.REVISION_LINK, 0),
    CUT_REVISION_LINK(Part.REVISION_LINK, 70),
    MISSING_REVISION_LINK(Part.REVISION_LINK),
    EMPTY_MANIFEST_DATA(Part.MANIFEST_DATA, 0),
    CUT_MANIFEST_DATA(Part.MANIFEST_DATA, 100),
    MISSING_MANIFEST_DATA(Part.MANIFEST_DATA),
    EMPTY_TAG_LINK(Part.TAG_LINK, 0),
    CUT_TAG_LINK(Part.TAG_LINK, 8),
    MISSING_TAG_LINK(Part.TAG_LINK);

    /** The tag of the damaged image. */
    static final String TAG = "1.0";

    /** The damaged part of an image. */
    enum Part {
        LAYER_LINK,
        LAYER_DATA,
        REVISION_LINK,
        MANIFEST_DATA,
        TAG_LINK;

        private String file(String repository, TestImage image) {
            String own = "repositories/" + repository + "/";
            String manifest = image.manifest().digest().replace(':', '/');
            return switch (this) {
                case LAYER_LINK ->
                    own + "_layers/" + image.layers().get(0).digest().replace(':', '/') + "/link";
                case LAYER_DATA -> data(image.layers().get(0));
                case REVISION_LINK -> own + "_manifests/revisions/" + manifest + "/link";
                case MANIFEST_DATA -> data(image.manifest());
                case TAG_LINK -> own + "_manifests/tags/" + TAG + "/current/link";
            };
        }

        private static String data(Content content) {
            String hex = content.digest().substring("sha256:".length());
            return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
        }

        boolean isLayer() {
            return this == LAYER_LINK || this == LAYER_DATA;
        }

        boolean isManifest() {
            return this == REVISION_LINK || this == MANIFEST_DATA;
        }
    }

    private static final int DELETE = -1;

    private final Part part;
    private final int bytesLeft;
    private final String wrong;

    Damage(Part part) {
        this(part, DELETE);
    }

    Damage(Part part, int bytesLeft) {
        this.part = part;
        this.bytesLeft = bytesLeft;
        this.wrong = "";
    }

    Damage(Part part, String wrong) {
        this.part = part;
        this.bytesLeft = wrong.length();
        this.wrong = wrong;
    }

    Part part() {
        return part;
    }

    /** Damages an image in a storage directory. */
    void applyTo(Path storage, String repository, TestImage image) throws IOException {
        Path file = storage.resolve("docker/registry/v2").resolve(part.file(repository, image));
        if (bytesLeft == DELETE) {
            Files.delete(file);
        } else if (wrong.isEmpty()) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytesLeft >= bytes.length) {
                throw new IllegalStateException(file + " holds only " + bytes.length + " bytes");
            }
            Files.write(file, Arrays.copyOf(bytes, bytesLeft));
        } else {
            Files.write(file, wrong.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
