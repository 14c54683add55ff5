package dev.berth.registry.audit;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.PutResult;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingTags;
import java.util.Optional;
import java.util.function.Supplier;

/** The tags of an {@link Audited} registry. */
final class AuditedTags extends ForwardingTags {
    private final Auditor auditor;

    AuditedTags(Tags delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return auditor.read(() -> "look up the tag " + tag + " in ", () -> super.resolve(tag));
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        return auditor.change(
                () -> "set the tag " + tag + " to " + target + " in ", () -> super.put(tag, target, condition));
    }

    @Override
    public boolean delete(Tag tag) {
        return delete(tag, () -> super.delete(tag));
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        return delete(tag, () -> super.delete(tag, condition));
    }

    private boolean delete(Tag tag, Supplier<Boolean> call) {
        boolean deleted = auditor.change(() -> deletion(tag), call);
        if (deleted) {
            auditor.deleted(deletion(tag), "");
        }
        return deleted;
    }

    private static String deletion(Tag tag) {
        return "delete the tag " + tag + " of ";
    }
}
