package dev.berth.registry.console.page;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheet and the script of the pages. Their names change with their content, so that browsers may keep them for ever.
 */
public final class Assets {
    private static final int NAME_DIGITS = 16;

    private final Asset style;
    private final Asset script;
    private final Map<String, Asset> byName;

    /** A file that a page loads. */
    public static final class Asset {
        private final String name;
        private final String mediaType;
        private final byte[] bytes;

        private Asset(String name, String mediaType, byte[] bytes) {
            this.name = name;
            this.mediaType = mediaType;
            this.bytes = bytes;
        }

        String name() {
            return name;
        }

        /** Returns its media type. */
        public String mediaType() {
            return mediaType;
        }

        /** Returns its content. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private Assets(Asset style, Asset script) {
        this.style = style;
        this.script = script;
        this.byName = Map.of(style.name(), style, script.name(), script);
    }

    /** Reads them. */
    public static Assets load() {
        return new Assets(
                load("console", ".css", "text/css; charset=utf-8"),
                load("console", ".js", "text/javascript; charset=utf-8"));
    }

    private static Asset load(String name, String extension, String mediaType) {
        try (InputStream resource = Assets.class.getResourceAsStream(name + extension)) {
            if (resource == null) {
                throw new IllegalStateException("The module lacks its " + name + extension);
            }
            byte[] bytes = resource.readAllBytes();
            String hash = Digest.compute(DigestAlgorithm.SHA256, bytes).hex().substring(0, NAME_DIGITS);
            return new Asset(name + "-" + hash + extension, mediaType, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the asset of a name. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    String style() {
        return style.name();
    }

    String script() {
        return script.name();
    }
}
