package dev.berth.registry.console.page;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheet and the script of the pages, each put together from those of the parts, and the picture of their windows.
 * Their names change with their content, so that browsers may keep them for ever.
 */
public final class Assets {
    private static final int NAME_DIGITS = 16;

    /** The first one has what the others use. */
    private static final List<String> STYLES =
            List.of("base", "account", "manage", "upkeep", "content", "finding", "statistics");

    private static final List<String> SCRIPTS = List.of("copy", "search", "files");

    private final Asset style;
    private final Asset script;
    private final Asset icon;
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

    private Assets(Asset style, Asset script, Asset icon) {
        this.style = style;
        this.script = script;
        this.icon = icon;
        this.byName = Map.of(style.name(), style, script.name(), script, icon.name(), icon);
    }

    /** Reads them. */
    public static Assets load() {
        return new Assets(
                load("css", STYLES, "text/css; charset=utf-8"),
                load("js", SCRIPTS, "text/javascript; charset=utf-8"),
                load("svg", List.of("icon"), "image/svg+xml"));
    }

    private static Asset load(String kind, List<String> parts, String mediaType) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String part : parts) {
            String name = kind + "/" + part + "." + kind;
            try (InputStream resource = Assets.class.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalStateException("The module lacks its " + name);
                }
                resource.transferTo(all);
                all.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        byte[] bytes = all.toByteArray();
        String hash = Digest.compute(DigestAlgorithm.SHA256, bytes).hex().substring(0, NAME_DIGITS);
        return new Asset("console-" + hash + "." + kind, mediaType, bytes);
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

    String icon() {
        return icon.name();
    }
}
