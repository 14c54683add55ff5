package dev.berth.registry.scan.gate;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A registry that hands out only images that are as its rules demand: signed, and with nothing known against them that is too
 * bad. Everything else fails with {@link dev.berth.registry.ErrorCode#DENIED}, the 403 of HTTP, in a sentence with the rule and
 * the reason; what cannot be judged, with {@link dev.berth.registry.ErrorCode#UNAVAILABLE}.
 *
 * <pre>{@code
 * HostedRegistry.builder(store).admission((inner, host) -> Gate.of(
 *         inner, policy, GateOptions.builder().facts(RepositoryFacts.of(host.engine())).verdicts(scans).build()));
 * }</pre>
 *
 * <p><b>What is judged</b> is every manifest that is handed out, by its tag or digest, with its content or without, whatever it
 * says of itself. An index must be signed itself; what is known against its images is known against it. Its images are judged
 * again when they are asked for, each by itself: a signature of the index is none of theirs, and the other way round. What is certainly no image
 * but a signature, an attestation or an SBOM is handed out always, so that everybody can judge; names, artifact types and subjects
 * do not make it one, since whoever pushes an image can give it these. Listings and blobs are not judged: a blob is shared by
 * images, and says nothing without the manifest that names it.
 *
 * <p><b>Pushes</b> are judged where a rule says {@link GateRule.Builder#beforeTagging}.
 *
 * <p><b>Decisions</b> are remembered for {@linkplain GateOptions.Builder#remembered a few seconds}. What is changed through this
 * object takes effect at once, as do {@link #policy(GatePolicy)} and {@link #forget()}; everything else after that time.
 *
 * <p>It stands in front of mirrors, so that it judges what they have cached and what they have not, and behind what decides who
 * may: who may not see a repository never learns what is wrong with an image in it. What judges, scans and signs works with the
 * registry behind it.
 *
 * <p>As thread-safe as the registry behind it.
 *
 * @since 0.1
 */
public final class Gate extends DenyingRegistry {
    private static final Denial DENIAL = Denial.denied("the gate of this registry does not know that operation");

    private final Registry registry;
    private final Judge judge;

    private Gate(Registry registry, GatePolicy policy, GateOptions options) {
        super(DENIAL, registry.identity());
        this.registry = registry;
        this.judge = new Judge(Objects.requireNonNull(policy, "policy"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Returns a gate. Does no I/O.
     *
     * @param registry the registry behind it, in which the signatures are as well
     * @param policy the rules
     * @param options what it judges by, and whom it tells
     */
    public static Gate of(Registry registry, GatePolicy policy, GateOptions options) {
        return new Gate(registry, policy, options);
    }

    /** Returns the rules. */
    public GatePolicy policy() {
        return judge.policy();
    }

    /** Replaces the rules, and with them the keys, at once. */
    public void policy(GatePolicy policy) {
        judge.policy(Objects.requireNonNull(policy, "policy"));
    }

    /** Forgets all decisions: to be called when the list of accepted findings has changed. */
    public void forget() {
        judge.decisions().forget();
    }

    /** Forgets the decisions about a repository: to be called when a verdict about an image in it has changed. */
    public void forget(RepositoryName repository) {
        judge.decisions().forget(Objects.requireNonNull(repository, "repository"));
    }

    /**
     * Tells what the rules say of a manifest, as if somebody asked for it now. Nobody is told, and nothing is refused; but an image
     * that was not scanned counts as asked for.
     *
     * @return what each rule says that is for it: those that refuse first; empty if none is
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository does not have it,
     *     otherwise if the registry fails
     */
    public List<GateDecision> explain(RepositoryName name, ManifestSelector selector) {
        Repository repository = registry.repository(name);
        Descriptor found = repository
                .manifests()
                .find(selector)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_UNKNOWN, "There is no manifest " + selector + " in " + name));
        Optional<Tag> tag = selector instanceof Tag asked ? Optional.of(asked) : Optional.empty();
        return judge.explain(Subject.of(repository, found), tag);
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new GatedRepository(registry.repository(name), judge, DENIAL);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return registry.repositories();
    }

    @Override
    public void checkHealth() {
        registry.checkHealth();
    }

    /** Prints the registry behind it. */
    @Override
    public String toString() {
        return registry.toString();
    }
}
