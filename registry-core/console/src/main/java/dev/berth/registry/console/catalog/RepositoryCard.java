package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a list of repositories shows of one. Immutable. The texts come from whoever pushed its images.
 *
 * @param name its name
 * @param description what its newest image says about itself
 * @param words description, labels and annotations of its newest image in lower case and in this order, to be found by
 * @param tags how many tags it has
 * @param size the size of its newest image, in bytes
 * @param lastPush when something was pushed last
 */
public record RepositoryCard(
        RepositoryName name, String description, String words, int tags, long size, Optional<Instant> lastPush) {

    /** Checks that the parts are there. */
    public RepositoryCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(lastPush, "lastPush");
    }

    static RepositoryCard of(RepositoryRecord repository) {
        Optional<ImageSummary> newest = repository.newest();
        return new RepositoryCard(
                repository.name(),
                newest.map(ImageSummary::description).orElse(""),
                newest.map(image -> (image.description() + '\n' + image.words()).toLowerCase(Locale.ROOT))
                        .orElse(""),
                repository.tags().size(),
                newest.map(ImageSummary::size).orElse(0L),
                repository.lastPush());
    }

    /** Returns the card without what it needs most room for. */
    RepositoryCard withoutTexts() {
        return new RepositoryCard(name, "", "", tags, size, lastPush);
    }

    /** Returns all that it is found by. */
    String text() {
        return words.isEmpty() ? name.value() : name.value() + '\n' + words;
    }

    /** Returns how many characters it has. */
    int length() {
        return name.value().length() + description.length() + words.length();
    }
}
