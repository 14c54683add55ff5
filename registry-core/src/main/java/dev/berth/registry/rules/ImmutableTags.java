package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingTags;
import java.util.Map;
import java.util.Optional;

/** The tags of a repository in which tags may be locked. */
final class ImmutableTags extends ForwardingTags {
    private final Locks locks;

    ImmutableTags(Tags delegate, Locks locks) {
        super(delegate);
        this.locks = locks;
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        if (!locks.concern(tag)) {
            return super.put(tag, target, condition);
        }
        for (int attempt = 0; attempt < Locks.ATTEMPTS; attempt++) {
            TagCondition allowed = narrowed(locks, tag, condition, locks.conditionOfPut(tag, target));
            try {
                return super.put(tag, target, allowed);
            } catch (RegistryException e) {
                requireRepeatable(e, condition);
            }
        }
        throw locks.busy("set the tag " + locks.repository() + ":" + tag);
    }

    /** Returns the condition for a change that was asked for on one condition, and is allowed on another one. */
    static TagCondition narrowed(Locks locks, Tag tag, TagCondition asked, TagCondition allowed) {
        if (asked instanceof TagCondition.Any || asked.equals(allowed)) {
            return allowed;
        }
        throw RegistryException.builder(new RegistryError(
                        ErrorCode.PRECONDITION_FAILED,
                        "The tag " + locks.repository() + ":" + tag + " was left as it is: it "
                                + (allowed instanceof TagCondition.Currently currently
                                        ? "names " + currently.digest()
                                        : "does not exist"),
                        Map.of("name", locks.repository().value(), "tag", tag.value())))
                .build();
    }

    /** Throws a failure, unless another request was faster and the caller does not care. */
    static void requireRepeatable(RegistryException failure, TagCondition asked) {
        if (failure.code() != ErrorCode.PRECONDITION_FAILED || !(asked instanceof TagCondition.Any)) {
            throw failure;
        }
    }

    @Override
    public boolean delete(Tag tag) {
        return delete(tag, TagCondition.any());
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        if (!locks.concern(tag) && AttachedTags.image(tag).isEmpty()) {
            return super.delete(tag, condition);
        }
        for (int attempt = 0; attempt < Locks.ATTEMPTS; attempt++) {
            Optional<Digest> current = locks.target(tag);
            if (current.isEmpty()) {
                // Perhaps a tag whose manifest is gone, which nobody sees.
                return super.delete(tag, condition instanceof TagCondition.Any ? TagCondition.absent() : condition);
            }
            locks.requireReleased(tag, current.get(), "deleted");
            try {
                return super.delete(tag, narrowed(locks, tag, condition, TagCondition.currently(current.get())));
            } catch (RegistryException e) {
                requireRepeatable(e, condition);
            }
        }
        throw locks.busy("delete the tag " + locks.repository() + ":" + tag);
    }
}
