package dev.berth.registry.rules;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingRegistry;
import java.util.Objects;

/**
 * A registry in which the tags that {@link TagRules} lock can neither be moved nor deleted. Such a call fails with
 * {@link dev.berth.registry.ErrorCode#DENIED}, the 403 of HTTP, before anything is stored, and the message names the tag, the
 * rule, and when the tag is released. A tag can be set to the manifest that it names, so that a push can be repeated, and a
 * tag that does not exist can be created.
 *
 * <p>Refused is: to set a locked tag to another manifest; to delete it; to delete a manifest that a locked tag names, or that
 * is a part of an index that one names; and to delete the signatures that tags attach to such an image ({@link TagRules}). A
 * tag that is released when a change begins, and locked when it comes to be made, because it was set meanwhile, is left as
 * well: the change has the condition that the tag still is as it was seen.
 *
 * <p>Tags that no rule locks cost nothing. For others the tag is looked up before it is set; and if the release of a locked
 * tag that is about to change depends on the order of tags ({@link RuleCondition.Newest}), all tags of the repository are.
 *
 * <p>As thread-safe as the registry behind it, on which all changes must be made through a registry of this kind.
 *
 * @since 0.1
 */
public final class Immutable extends ForwardingRegistry {
    private final TagRules rules;
    private final RuleContext context;

    private Immutable(Registry delegate, TagRules rules, RuleContext context) {
        super(delegate);
        this.rules = rules;
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * Returns a view of a registry in which locks are enforced. If no rule locks anything, that is the registry itself.
     *
     * @param rules rules that keep or delete tags are ignored here
     * @param context the context of the registry
     */
    public static Registry of(Registry registry, TagRules rules, RuleContext context) {
        TagRules locking = rules.only(TagRule.Effect.IMMUTABLE);
        return locking.rules().isEmpty() ? registry : new Immutable(registry, locking, context);
    }

    @Override
    public Repository repository(RepositoryName name) {
        Repository repository = delegate().repository(name);
        TagRules locking = rules.in(name);
        return locking.rules().isEmpty()
                ? repository
                : new ImmutableRepository(repository, new Locks(delegate(), name, locking, context));
    }
}
