package dev.berth.registry.scan.service;

import dev.berth.registry.Tag;
import dev.berth.registry.scan.accepted.AcceptedFinding;
import dev.berth.registry.scan.report.Finding;
import java.util.List;
import java.util.Objects;

/**
 * An image that has a finding of a name. Immutable.
 *
 * @param image the image, for one platform
 * @param tags the tags that name it, or an index that lists it; some may be missing in a repository with very many
 * @param findings the findings of that name that count
 * @param accepted those that are accepted; none where only images were asked for in which it counts
 * @since 0.1
 */
public record AffectedImage(ImageKey image, List<Tag> tags, List<Finding> findings, List<AcceptedFinding> accepted) {

    /** Copies the lists. */
    public AffectedImage {
        Objects.requireNonNull(image, "image");
        tags = List.copyOf(tags);
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }
}
