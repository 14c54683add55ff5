package dev.berth.registry.console.finding;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.scan.service.ImageKey;
import java.util.Optional;

/** Where a page of images begins: after the last one of the page before. */
final class Cursor {
    private Cursor() {}

    static Optional<ImageKey> of(Visit visit) {
        Optional<String> text = visit.asked(Links.AFTER);
        int at = text.map(value -> value.indexOf('@')).orElse(-1);
        if (at < 0) {
            return Optional.empty();
        }
        Optional<RepositoryName> name = Names.repository(text.get().substring(0, at));
        Optional<Digest> digest = Names.digest(text.get().substring(at + 1));
        return name.isPresent() && digest.isPresent()
                ? Optional.of(new ImageKey(name.get(), digest.get()))
                : Optional.empty();
    }
}
