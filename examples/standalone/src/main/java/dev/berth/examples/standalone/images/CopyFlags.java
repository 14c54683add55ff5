package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Platform;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyOptions;
import java.util.ArrayList;
import java.util.List;
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
            description = "Copy what refers to the images too: signatures, SBOMs and other attestations.")
    private boolean referrers;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show progress.")
    private boolean quiet;

    Progress progress() {
        if (quiet) {
            return Progress.NONE;
        }
        return Terminal.isInteractive()
                ? new ProgressBars(System.err, Terminal.width())
                : new ProgressLines(System.err);
    }

    CopyOptions options(CopyListener listener) {
        CopyOptions.Builder options = CopyOptions.builder().referrers(referrers).listener(listener);
        if (!platforms.equals(List.of(ALL))) {
            platforms.forEach(platform -> options.platform(platform(platform)));
        }
        return options.build();
    }

    /** Returns whether exactly one platform is selected, so that the copy is a single image. */
    boolean selectsOnePlatform() {
        return platforms.size() == 1 && !platforms.equals(List.of(ALL));
    }

    static Platform platform(String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
