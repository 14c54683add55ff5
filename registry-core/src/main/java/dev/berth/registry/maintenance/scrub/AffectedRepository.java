package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Objects;

/**
 * A repository that a problem concerns. Immutable.
 *
 * @param repository its name
 * @param manifests manifests that cannot be pulled as a whole, at most {@value #MOST}: the damaged one, those that refer to
 *     it, and those that refer to these; none if the repository has the content as a blob that no manifest refers to
 * @param tags tags that name one of them, at most {@value #MOST}
 * @since 0.1
 */
public record AffectedRepository(RepositoryName repository, List<Digest> manifests, List<Tag> tags) {
    /** The largest number of manifests, and of tags. */
    public static final int MOST = 20;

    /** Copies the lists. */
    public AffectedRepository {
        Objects.requireNonNull(repository, "repository");
        manifests = List.copyOf(manifests);
        tags = List.copyOf(tags);
    }

    /** Returns the name, with the tags where there are any: {@code team/app:1.0,latest}. */
    @Override
    public String toString() {
        return repository
                + (tags.isEmpty()
                        ? ""
                        : ":" + String.join(",", tags.stream().map(Tag::value).toList()));
    }
}
