package dev.berth.registry.console.view;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what stands in an address. What is none of its kind is nothing. */
public final class Names {
    private Names() {}

    public static Optional<RepositoryName> repository(String text) {
        try {
            return Optional.of(RepositoryName.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Optional<Tag> tag(String text) {
        try {
            return Optional.of(Tag.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static OptionalInt number(Optional<String> text) {
        try {
            return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
