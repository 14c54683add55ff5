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
    private final List<SweptImage> indexes = new ArrayList<>(1);
    private final List<SweptImage> holds = new ArrayList<>(1);
    private @Nullable Digest subject;
    private boolean stays;
    private boolean first;

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

    /** Adds an index that lists it. */
    void addIndex(SweptImage index) {
        indexes.add(index);
        addHolder(index);
    }

    /** Returns the indexes that list it. */
    List<SweptImage> indexes() {
        return indexes;
    }

    /** Lets it go before its subject and what it is attached to, of which it is a part itself. */
    void setFirst() {
        first = true;
    }

    /** Returns whether it goes before what it refers to. */
    boolean first() {
        return first;
    }

    /** Returns what must be gone before it. */
    List<SweptImage> before() {
        return first ? indexes : holders;
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
