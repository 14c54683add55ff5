package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Platform;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.ManifestFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that copy: which content, and how progress is reported. */
final class CopyFlags {
    private static final String ALL = "all";

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            split = ",",
            hideParamSyntax = true,
            description = "Copy this platform of images that have several, such as linux/arm64 or linux/arm/v6; may be"
                    + " given more than once. 'all', the default, copies images as they are. With one platform the copy is its image,"
                    + " with several a new index of these: the digest is another one then.")
    private List<String> platforms = new ArrayList<>();

    @Option(
            names = "--referrers",
            description =
                    "Copy what belongs to the images too: signatures, SBOMs and other attestations, whether they refer to"
                            + " an image or cosign keeps them in tags of its digest (sha256-*.sig, .att, .sbom).")
    private boolean referrers;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of the manifests: 'keep' copies them as they are, 'oci' converts those of Docker,"
                    + " which changes the digest. Default: oci for layouts and archives, keep for registries.")
    private @Nullable String format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show progress.")
    private boolean quiet;

    Progress progress() {
        return Progress.onStandardError(quiet);
    }

    /**
     * Returns the options of a copy.
     *
     * @param target where it goes
     */
    CopyOptions.Builder options(LocationText.Kind target, CopyListener listener) {
        CopyOptions.Builder options = CopyOptions.builder()
                .referrers(referrers)
                .warnOfSignatures(true)
                .format(format(target))
                .listener(listener);
        platforms().forEach(options::platform);
        return options;
    }

    private ManifestFormat format(LocationText.Kind target) {
        if (format == null) {
            // Other programs refuse Docker's format in a layout.
            return target == LocationText.Kind.REGISTRY ? ManifestFormat.KEEP : ManifestFormat.OCI;
        }
        return switch (format) {
            case "keep" -> ManifestFormat.KEEP;
            case "oci" -> ManifestFormat.OCI;
            default -> throw new UsageException("'" + format + "' is no format of manifests; write keep or oci");
        };
    }

    /** Returns the selected platforms; none if images are copied as they are. */
    List<Platform> platforms() {
        return platforms.equals(List.of(ALL))
                ? List.of()
                : platforms.stream().map(CopyFlags::platform).toList();
    }

    static Platform platform(String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
