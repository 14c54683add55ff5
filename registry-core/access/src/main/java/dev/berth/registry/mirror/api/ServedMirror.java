package dev.berth.registry.mirror.api;

import dev.berth.registry.mirror.PullThrough;
import java.util.List;
import java.util.Objects;

/**
 * A mirror as {@link MirrorApi} shows it.
 *
 * @param mirror the mirror
 * @param upstream the address of the registry that it mirrors, without credentials
 * @param namespaces by which names clients ask for that registry
 * @param chosenByDefault whether it is read for names that no mirror has
 * @param activity what it does, of which the mirror tells it as a listener
 * @since 0.1
 */
public record ServedMirror(
        PullThrough mirror,
        String upstream,
        List<String> namespaces,
        boolean chosenByDefault,
        MirrorActivity activity) {
    /** Copies the list. */
    public ServedMirror {
        Objects.requireNonNull(mirror, "mirror");
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(activity, "activity");
        namespaces = List.copyOf(namespaces);
    }
}
