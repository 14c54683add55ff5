package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.Descriptor;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes an image for people: a line or a list for each property that it has. */
final class ImageReport {
    private static final int NAME_WIDTH = 13;

    private final List<String> lines = new ArrayList<>();

    private ImageReport() {}

    static List<String> of(InspectedImage image) throws IOException {
        ImageReport report = new ImageReport();
        report.manifest(image);
        Optional<ImageConfig> config = image.config();
        if (config.isPresent()) {
            report.config(config.get());
        }
        if (image.document() instanceof ImageManifest manifest) {
            report.layers(manifest);
        }
        return report.lines;
    }

    private void manifest(InspectedImage image) {
        line("Name", image.name());
        line("Digest", image.manifest().digest());
        line("Media type", image.manifest().mediaType());
        image.document().artifactType().filter(type -> image.isArtifact()).ifPresent(type -> line("Type", type));
        image.document().subject().ifPresent(subject -> line("Refers to", subject.digest()));
        list("Annotations", pairs(image.document().annotations()));
        list(
                "Platforms",
                image.platforms().stream()
                        .map(child -> String.format("%-16s %s", child.platform().orElseThrow(), child.digest()))
                        .toList());
        list(
                "Others",
                image.others().stream()
                        .map(child -> child.digest() + "  " + kind(child))
                        .toList());
    }

    private static String kind(Descriptor manifest) {
        return manifest.artifactType().orElse(manifest.mediaType());
    }

    private void config(ImageConfig config) {
        line("Platform", config.platform());
        config.created().ifPresent(created -> line("Created", created));
        config.author().ifPresent(author -> line("Author", author));
        ExecutionConfig execution = config.execution();
        execution.user().ifPresent(user -> line("User", user));
        execution.workingDir().ifPresent(directory -> line("Directory", directory));
        line("Entry point", execution.entrypoint());
        line("Command", execution.cmd());
        line("Ports", execution.exposedPorts());
        line("Volumes", execution.volumes());
        list("Environment", execution.env());
        list("Labels", pairs(execution.labels()));
    }

    private void layers(ImageManifest manifest) {
        long size = manifest.layers().stream().mapToLong(Descriptor::size).sum();
        list(
                "Layers",
                manifest.layers().stream()
                        .map(layer -> String.format(
                                "%s %10s  %s", layer.digest(), ByteCount.format(layer.size()), layer.mediaType()))
                        .toList());
        line("Size", ByteCount.format(size));
    }

    private static List<String> pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private void line(String name, Object value) {
        lines.add(String.format("%-" + NAME_WIDTH + "s%s", name + ":", Text.printable(value.toString())));
    }

    private void line(String name, List<String> words) {
        if (!words.isEmpty()) {
            line(name, (Object) String.join(" ", words));
        }
    }

    private void list(String name, Collection<String> entries) {
        if (!entries.isEmpty()) {
            lines.add(name + ":");
            entries.forEach(entry -> lines.add("  " + Text.printable(entry)));
        }
    }
}
