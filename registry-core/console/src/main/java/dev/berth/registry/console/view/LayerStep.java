package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import dev.berth.registry.manifest.HistoryEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A step of the build of an image, and the layer that it made. Immutable.
 *
 * @param made what made it; empty if nobody says
 * @param layer the layer; empty if it made none
 */
public record LayerStep(String made, Optional<Descriptor> layer) {
    private static final String TITLE = "org.opencontainers.image.title";

    /** Checks that the parts are there. */
    public LayerStep {
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(layer, "layer");
    }

    /** Puts layers beside the steps that made them. An artifact has no steps; its layers have names. */
    static List<LayerStep> of(List<Descriptor> layers, List<HistoryEntry> history) {
        Iterator<Descriptor> left = layers.iterator();
        List<LayerStep> steps = new ArrayList<>();
        for (HistoryEntry step : history) {
            String made = step.createdBy().or(step::comment).orElse("");
            if (step.emptyLayer()) {
                steps.add(new LayerStep(made, Optional.empty()));
            } else if (left.hasNext()) {
                steps.add(new LayerStep(made, Optional.of(left.next())));
            }
        }
        while (left.hasNext()) {
            Descriptor layer = left.next();
            String name = layer.annotations().getOrDefault(TITLE, layer.mediaType());
            steps.add(new LayerStep(history.isEmpty() ? name : "", Optional.of(layer)));
        }
        return steps;
    }
}
