package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a rule refuses, or would refuse if it did more than to tell. Immutable.
 *
 * @param operation what was asked for
 * @param repository the repository
 * @param tag the tag by which the image was asked for, or which should have been set; empty if it was by its digest
 * @param image the manifest
 * @param rule the name of the rule
 * @param reason why: a sentence without its end, which has texts from strangers, printable in one line
 * @since 0.1
 */
public record GateRefusal(
        Operation operation, RepositoryName repository, Optional<Tag> tag, Digest image, String rule, String reason) {

    /**
     * What was asked for.
     *
     * @since 0.1
     */
    public enum Operation {
        /** To be given the manifest, or to be told what a tag names. */
        PULL,
        /** To set a tag. */
        TAG
    }

    /** Checks that the parts are there. */
    public GateRefusal {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns the image as people write it. */
    String name() {
        return tag.map(name -> repository + ":" + name + " (" + image + ")").orElse(repository + "@" + image);
    }

    /** Returns what it is about, in words that follow "to". */
    String request() {
        return operation == Operation.TAG ? "set the tag " + name() : "pull " + name();
    }

    /** Returns it as a sentence. */
    @Override
    public String toString() {
        String what = operation == Operation.TAG
                ? "The tag " + name() + " was not set"
                : "The manifest " + name() + " is not handed out";
        return what + ", by the rule '" + rule + "' of this registry: " + reason;
    }
}
