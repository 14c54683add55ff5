package dev.berth.registry.console.content;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.LayerStep;
import dev.berth.registry.console.view.Setting;
import dev.berth.registry.manifest.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What differs between two images. Immutable.
 *
 * @param layers the layers of both, in the order of the second one, with those of the first only where they were
 * @param settings how containers run, without the environment; where they differ
 * @param environment the variables that differ
 * @param labels the labels that differ
 * @param annotations the annotations that differ
 */
record Comparison(
        List<LayerChange> layers,
        List<Difference> settings,
        List<Difference> environment,
        List<Difference> labels,
        List<Difference> annotations) {
    /** No image has more; of two that have, only the beginning is compared. */
    private static final int MOST_LAYERS = 500;

    Comparison {
        layers = List.copyOf(layers);
        settings = List.copyOf(settings);
        environment = List.copyOf(environment);
        labels = List.copyOf(labels);
        annotations = List.copyOf(annotations);
    }

    /** Where a layer is. */
    enum Change {
        SAME,
        ADDED,
        GONE
    }

    /** A layer of one image or both. */
    record LayerChange(Change change, String made, Descriptor layer) {}

    /** Something that the images say differently. */
    record Difference(String name, Optional<String> from, Optional<String> to) {
        Difference {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    static Comparison of(ImageView from, ImageView to) {
        return new Comparison(
                layers(steps(from), steps(to)),
                differences(settings(from), settings(to)),
                differences(environment(from), environment(to)),
                differences(labels(from), labels(to)),
                differences(from.annotations(), to.annotations()));
    }

    private static List<LayerStep> steps(ImageView image) {
        return image.steps().stream()
                .filter(step -> step.layer().isPresent())
                .limit(MOST_LAYERS)
                .toList();
    }

    /** By the longest sequence that both have, so that a layer that was put between others moves none of them. */
    private static List<LayerChange> layers(List<LayerStep> from, List<LayerStep> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = digest(from.get(i)).equals(digest(to.get(j)))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<LayerChange> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            boolean left = i < from.size();
            boolean right = j < to.size();
            if (left && right && digest(from.get(i)).equals(digest(to.get(j)))) {
                changes.add(change(Change.SAME, to.get(j)));
                i++;
                j++;
            } else if (left && (!right || common[i + 1][j] >= common[i][j + 1])) {
                changes.add(change(Change.GONE, from.get(i++)));
            } else {
                changes.add(change(Change.ADDED, to.get(j++)));
            }
        }
        return changes;
    }

    private static Digest digest(LayerStep step) {
        return step.layer().orElseThrow().digest();
    }

    private static LayerChange change(Change change, LayerStep step) {
        return new LayerChange(change, step.made(), step.layer().orElseThrow());
    }

    private static Map<String, String> settings(ImageView image) {
        Map<String, String> settings = new LinkedHashMap<>();
        image.config().ifPresent(config -> {
            config.author().ifPresent(author -> settings.put("Author", author));
            for (Setting setting : Setting.values()) {
                List<String> lines = setting.lines(config);
                if (setting != Setting.ENVIRONMENT && !lines.isEmpty()) {
                    settings.put(setting.title(), String.join("\n", lines));
                }
            }
        });
        return settings;
    }

    private static Map<String, String> environment(ImageView image) {
        Map<String, String> variables = new LinkedHashMap<>();
        image.config().map(ImageConfig::env).orElse(List.of()).forEach(variable -> {
            int equals = variable.indexOf('=');
            variables.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        });
        return variables;
    }

    private static Map<String, String> labels(ImageView image) {
        return image.config().map(ImageConfig::labels).orElse(Map.of());
    }

    private static List<Difference> differences(Map<String, String> from, Map<String, String> to) {
        Set<String> names = new LinkedHashSet<>(to.keySet());
        names.addAll(from.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            Optional<String> before = Optional.ofNullable(from.get(name));
            Optional<String> after = Optional.ofNullable(to.get(name));
            if (!before.equals(after)) {
                differences.add(new Difference(name, before, after));
            }
        }
        return differences;
    }
}
