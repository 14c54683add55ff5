package dev.berth.examples.standalone.mirrors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.images.ByteCount;
import dev.berth.examples.standalone.images.Progress;
import dev.berth.registry.Platform;
import dev.berth.registry.client.RemoteRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth mirror}: the mirrors of a registry that runs. */
@Command(
        name = "mirror",
        description = "Tells how the mirrors of a registry are, and brings images into them.",
        footer = {
            "",
            "Examples:",
            "  berth mirror status --registry localhost:5000",
            "  berth mirror prefetch hub.example/library/app:1.0 --platform linux/arm64"
        },
        subcommands = {MirrorCommand.Status.class, MirrorCommand.Prefetch.class})
public final class MirrorCommand extends CommandGroup {

    @Command(
            name = "status",
            description = {
                "Prints what each mirror holds, and what it has done since the registry was started.",
                "For administrators; without accounts, for whoever is on the machine of the registry."
            })
    static final class Status extends StatusCommand {
        @Override
        String path() {
            return "status";
        }

        @Override
        void table(JsonNode content) {
            JsonNode mirrors = content.path("mirrors");
            Table table = new Table(
                    "NAME", "UPSTREAM", "IMAGES", "SIZE", "BUDGET", "ARRIVING", "HITS", "MISSES", "STALE", "FAILED");
            for (JsonNode mirror : mirrors) {
                table.row(
                        mirror.path("name").asText() + (mirror.path("default").asBoolean() ? " (default)" : ""),
                        mirror.path("upstream").asText(),
                        mirror.path("images").asText(),
                        ByteCount.format(mirror.path("bytes").asLong()),
                        mirror.has("budget")
                                ? ByteCount.format(mirror.path("budget").asLong())
                                : "",
                        mirror.path("downloads").asLong() == 0
                                ? ""
                                : mirror.path("downloads").asText() + " ("
                                        + ByteCount.format(
                                                mirror.path("arriving").asLong()) + ")",
                        mirror.path("hits").asText(),
                        mirror.path("misses").asText(),
                        mirror.path("stale").asText(),
                        mirror.path("failed").asText());
            }
            table.print(out());
            mirrors.forEach(this::more);
        }

        private void more(JsonNode mirror) {
            String name = mirror.path("name").asText();
            JsonNode stale = mirror.path("lastStale");
            if (!stale.isMissingNode()) {
                String reference = stale.path("reference").asText();
                say(name + ", served unchecked last: "
                        + stale.path("repository").asText()
                        + (reference.isEmpty() ? "" : " " + reference) + ", "
                        + (stale.has("checked")
                                ? "checked at "
                                        + Instant.parse(stale.path("checked").asText())
                                                .truncatedTo(ChronoUnit.SECONDS)
                                : "not checked since the registry started")
                        + ": " + stale.path("message").asText());
            }
            JsonNode limit = mirror.path("rateLimit");
            if (!limit.isMissingNode()) {
                say(name + ", requests that the upstream registry still takes: "
                        + limit.path("remaining").asText()
                        + (limit.has("limit") ? " of " + limit.path("limit").asText() : "")
                        + (limit.has("windowSeconds")
                                ? " in "
                                        + Duration.ofSeconds(limit.path("windowSeconds")
                                                        .asLong())
                                                .toMinutes() + " minutes"
                                : ""));
            }
        }
    }

    @Command(
            name = "prefetch",
            description = {
                "Brings images into a mirror, and says when each is complete: all its blobs are there and verified.",
                "For whoever may pull them. No blob comes to this machine."
            })
    static final class Prefetch extends ServerCommand {
        @Parameters(
                arity = "1..*",
                paramLabel = "IMAGE",
                description =
                        "An image by its name at the registry, such as hub.example/library/app:1.0, or with a digest.")
        private List<String> images = new ArrayList<>();

        @Option(
                names = "--platform",
                paramLabel = "OS/ARCH",
                split = ",",
                hideParamSyntax = true,
                description = "Bring this platform of images that have several, such as linux/arm64; may be given more"
                        + " than once. By default all.")
        private List<String> platforms = new ArrayList<>();

        @Option(
                names = {"-q", "--quiet"},
                description = "Do not show progress.")
        private boolean quiet;

        @Override
        public Integer call() throws IOException {
            List<Platform> wanted = platforms.stream().map(Prefetch::platform).toList();
            List<PrefetchedImage> all = images.stream()
                    .map(image -> PrefetchedImage.parse(registry(), image))
                    .toList();
            try (RemoteRegistry client = PrefetchedImage.client(registry(), login());
                    Progress progress = Progress.onStandardError(quiet)) {
                for (PrefetchedImage image : all) {
                    say(image.bring(client, wanted, progress));
                }
            }
            return 0;
        }

        private static Platform platform(String text) {
            try {
                return Platform.parse(text);
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }
    }
}
