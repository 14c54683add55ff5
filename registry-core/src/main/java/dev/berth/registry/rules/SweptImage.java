package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest that might go. For one thread. */
final class SweptImage {
    private final Digest digest;
    private final String reason;
    private final Map<Tag, RepositoryFacts.SetTag> attached = new LinkedHashMap<>(2);
    private final List<SweptImage> holders = new ArrayList<>(1);
    private final List<SweptImage> holds = new ArrayList<>(1);
    private @Nullable Digest subject;
    private boolean stays;

    SweptImage(Digest digest, String reason) {
        this.digest = digest;
        this.reason = reason;
    }

    Digest digest() {
        return digest;
    }

    /** Returns why it might go. */
    String reason() {
        return reason;
    }

    @Nullable Digest subject() {
        return subject;
    }

    void setSubject(@Nullable Digest newSubject) {
        subject = newSubject;
    }

    /** Adds a tag that is a part of this image. */
    void attach(Tag tag, RepositoryFacts.SetTag found) {
        attached.put(tag, found);
    }

    Map<Tag, RepositoryFacts.SetTag> attached() {
        return attached;
    }

    void addHolder(SweptImage holder) {
        if (!holders.contains(holder)) {
            holders.add(holder);
            holder.holds.add(this);
        }
    }

    /** Returns what it stays with. */
    List<SweptImage> holders() {
        return holders;
    }

    /** Returns what stays with it. */
    List<SweptImage> holds() {
        return holds;
    }

    void setStays() {
        stays = true;
    }

    boolean stays() {
        return stays;
    }
}
