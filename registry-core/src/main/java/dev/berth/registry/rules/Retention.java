package dev.berth.registry.rules;

import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what {@link TagRules} say: tags, and whole images when no tag holds them any more.
 *
 * <pre>{@code
 * Retention retention = Retention.of(registry, rules, RuleContext.of(storage));
 * retention.run(Retention.Mode.DRY_RUN, step -> System.out.println(step));
 * retention.run(Retention.Mode.DELETE, step -> {});
 * }</pre>
 *
 * <p>After the tags that go, a manifest goes that one of them named, if no other tag names it, no index that stays lists it,
 * and the manifest that it refers to ({@code subject}) does not stay. With it go the manifests that it lists and those that
 * refer to it, to any depth, each on the same terms, and the tags attached to it ({@link TagRules}). A manifest without a tag
 * goes by the rules without patterns for tags, on the same terms, and counts from its last push.
 *
 * <p>Each tag is deleted on the condition that it was not set since it was planned, each manifest on the condition that
 * nothing needs it: what is pushed meanwhile stays. A broken manifest stays. Where a registry cannot delete a manifest on a
 * condition, its manifests are left.
 *
 * <p>One repository is planned and executed at a time, and of a large one a part at a time, so that memory is bounded. The
 * tags of each repository that a rule is for are looked up one by one. Immutable and thread-safe; two runs at the same time
 * do no harm.
 *
 * @since 0.1
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Registry registry;
    private final Registry deletions;
    private final TagRules rules;
    private final RuleContext context;
    private final RetentionOptions options;

    private Retention(
            Registry registry, Registry deletions, TagRules rules, RuleContext context, RetentionOptions options) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.deletions = Objects.requireNonNull(deletions, "deletions");
        this.rules = Objects.requireNonNull(rules, "rules");
        this.context = Objects.requireNonNull(context, "context");
        this.options = Objects.requireNonNull(options, "options");
    }

    /** Returns the retention of a registry, with the defaults of {@link RetentionOptions}. */
    public static Retention of(Registry registry, TagRules rules, RuleContext context) {
        return of(registry, rules, context, RetentionOptions.defaults());
    }

    /** Returns the retention of a registry. */
    public static Retention of(Registry registry, TagRules rules, RuleContext context, RetentionOptions options) {
        return new Retention(registry, registry, rules, context, options);
    }

    /**
     * Returns this retention, with deletions through another view of the same registry: one that publishes events, for
     * instance, which must not tell of the manifests that are read for planning as if they were pulled.
     */
    public Retention deletingThrough(Registry view) {
        return new Retention(registry, view, rules, context, options);
    }

    /**
     * Whether a run deletes.
     *
     * @since 0.1
     */
    public enum Mode {
        /** Nothing is changed: what would be deleted is said. */
        DRY_RUN,
        /** What goes is deleted. */
        DELETE
    }

    /**
     * Decides about each tag of a repository, in the order of their names, and then about manifests without one if a rule
     * deletes such: those about which {@link #plan} decides.
     *
     * @throws RegistryException as a listing of tags; {@link dev.berth.registry.ErrorCode#NAME_UNKNOWN} is not one of the
     *     codes: an unknown repository has no tags
     */
    public void explain(RepositoryName repository, Consumer<TagDecision> decisions) {
        planning(repository).explain(decisions);
    }

    /**
     * Plans what goes from a repository. Changes nothing.
     *
     * @throws RegistryException as a listing of tags; {@link dev.berth.registry.ErrorCode#UNSUPPORTED} if it cannot be told
     *     what needs a manifest: the index of the store is not complete
     */
    public RetentionPlan plan(RepositoryName repository) {
        return planning(repository).plan(deletions.repository(repository));
    }

    private RetentionPlanning planning(RepositoryName repository) {
        return new RetentionPlanning(
                registry.repository(repository),
                new Evaluation(registry, repository, rules, context),
                context.facts(),
                options);
    }

    /**
     * Plans each repository of the registry, and executes the plan unless it is a dry run. A repository that fails is named in
     * the report, and the run goes on with the next one.
     *
     * @param listener is called with each tag and manifest, in the calling thread
     * @throws RegistryException if the repositories cannot be listed, or the calling thread is interrupted
     */
    public RetentionReport run(Mode mode, Consumer<RetentionStep> listener) {
        RetentionCounts counts = new RetentionCounts();
        for (RepositoryName repository : registry.repositories()) {
            if (rules.in(repository).with(TagRule.Effect.DELETE).findAny().isEmpty()) {
                continue;
            }
            try {
                run(repository, mode, listener, counts);
            } catch (RegistryException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn("Retention of {} could not be completed: {}", repository, e.getMessage());
                counts.addFailure(repository, e);
            }
        }
        return counts.report();
    }

    /** As {@link #run(Mode, Consumer)}, for one repository, whose failures are thrown. */
    public RetentionReport run(RepositoryName repository, Mode mode, Consumer<RetentionStep> listener) {
        RetentionCounts counts = new RetentionCounts();
        run(repository, mode, listener, counts);
        return counts.report();
    }

    private void run(RepositoryName repository, Mode mode, Consumer<RetentionStep> listener, RetentionCounts counts) {
        boolean more = true;
        for (boolean first = true; more; first = false) {
            RetentionPlan plan = plan(repository);
            if (first) {
                counts.addRepository(plan);
            }
            if (mode == Mode.DRY_RUN) {
                plan.steps().forEach(step -> counts.add(step, listener));
                return;
            }
            long before = counts.deleted();
            plan.execute(step -> counts.add(step, listener));
            // What was left would be planned again.
            more = !plan.complete() && counts.deleted() > before;
        }
    }
}
