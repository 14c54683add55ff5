package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Quotas: limits on what the repositories of patterns use, in bytes and in number.
 *
 * <pre>{@code
 * Quotas quotas = Quotas.over(store, hosted, QuotaOptions.of(QuotaLimit.bytes(NamePattern.parse("team/**"), 10L << 30)));
 * Registry registry = quotas.registry();
 * }</pre>
 *
 * <p><b>What counts.</b> The use of a repository is the sum of the sizes of the distinct blobs and manifests that it shows,
 * in bytes. What several repositories show counts for each of them, so that the use of a repository depends on nothing but
 * itself. A blob counts until it is deleted from the repository or a collection removes it, also if no manifest needs it.
 * What was deleted and can be restored does not count. The use of a pattern is the sum over all repositories that match; of
 * repositories those count that have a manifest.
 *
 * <p><b>Reservation.</b> A push is reserved before its bytes are read if their number is known, and otherwise as they
 * arrive, before they are handed on. So pushes at the same time never exceed a limit together. What is reserved is given
 * back when the push fails or is cancelled, and when an upload has ended otherwise within a minute. A push without room is
 * refused with {@link dev.berth.registry.ErrorCode#DENIED}: the message names the limit, the use, what was asked for, and
 * the pattern. What the repository has already costs nothing, and can be pushed again without room. If it is deleted at the
 * same moment, and the push stores it anew, a pattern can have more than its limit, by no more than that: it is counted,
 * and pushes are refused until there is room.
 *
 * <p><b>Several nodes.</b> The state is below {@code _berth/quota/} in the store of the registry, and is changed
 * conditionally, by any number of nodes that have the same limits. A node sets a part of what is left aside, and spends it
 * without asking anybody; the less is left, the smaller the part. What was changed is counted by {@link #maintain}. At rest,
 * once every node has done that, the use is what {@link #recount} would find. What a node that has died was changing is
 * counted again after {@link QuotaOptions.Builder#lease}.
 *
 * <p>Changes of the registry behind that do not come through {@link #registry} must be told: {@link #released} and
 * {@link #changed}. Thread-safe. Closing leaves store and registry open.
 *
 * @since 0.1
 */
public final class Quotas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

    /** More than any storage has, and room to add such numbers. */
    private static final long UNLIMITED = 1L << 60;

    private final Registry hosted;
    private final RepositoryLinks links;
    private final QuotaOptions options;
    private final List<Allowance> allowances;
    private final UploadHolds uploads;
    private final Bookkeeping bookkeeping;
    private final Recovery recovery;
    private final Counting counting;
    private final Occasions occasions;

    private Quotas(ObjectStore objects, Registry hosted, RepositoryLinks links, QuotaOptions options) {
        this.hosted = hosted;
        this.links = links;
        this.options = options;
        QuotaStore store = new QuotaStore(objects);
        NodeLease lease = new NodeLease(store, options.lease(), options.nanoTime());
        this.allowances = counted(options).stream()
                .map(limit -> new Allowance(limit, store, lease))
                .toList();
        this.uploads = new UploadHolds(options.nanoTime());
        this.bookkeeping = new Bookkeeping(
                store,
                lease,
                new Activities(options.nanoTime(), options.lease().dividedBy(4)),
                new Settlement(store, hosted, links, allowances),
                () -> allowances.stream().anyMatch(Allowance::inUse));
        this.recovery = new Recovery(store, lease, allowances, options.lease(), options.nanoTime());
        this.counting = new Counting(store, links, allowances);
        this.occasions = new Occasions(options.nanoTime());
    }

    /** Returns the limits, with one that nothing exceeds for the sum of all repositories if that is wanted. */
    private static List<QuotaLimit> counted(QuotaOptions options) {
        List<QuotaLimit> all = new ArrayList<>(options.limits());
        if (options.countingAll() && all.stream().noneMatch(Quotas::isOfAll)) {
            all.add(QuotaLimit.bytes(NamePattern.all(), UNLIMITED));
        }
        return all;
    }

    private static boolean isOfAll(QuotaLimit limit) {
        return limit.repositories().equals(NamePattern.all());
    }

    /**
     * Returns quotas for a registry. Does no I/O.
     *
     * @param store the store of the registry
     * @param hosted the registry that stores in it
     */
    public static Quotas over(ObjectStore store, Registry hosted, QuotaOptions options) {
        return new Quotas(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(hosted, "hosted"),
                new StoredLinks(store),
                options);
    }

    /** Returns the registry with its quotas. */
    public Registry registry() {
        return new QuotaRegistry(hosted, this);
    }

    /**
     * Counts what this node has changed, gives back what it does not need, and counts again what nodes were changing that
     * have died. To be called about every ten seconds, by every node. The first call counts everything if nobody has done
     * that since a pattern was added.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails; what is left
     *     to do is done by the next call
     */
    public void maintain() {
        call("count the use of its quotas", () -> {
            // First, since what comes after may take long, or fail.
            bookkeeping.renew();
            bookkeeping.settleAll();
            uploads.check(hosted);
            for (Allowance allowance : allowances) {
                allowance.giveBack(false);
            }
            bookkeeping.prune(false);
            bookkeeping.renew();
            recovery.run(this::recountLimited);
            if (!counting.complete()) {
                RecountReport report = recountAll(repository -> {});
                // Nobody has asked for what is only counted.
                LOG.atLevel(limiting() ? Level.INFO : Level.DEBUG)
                        .log("Counted {} repositories for quotas that are new", report.repositories());
            }
        });
    }

    /**
     * Counts everything again that quotas limit, and corrects what was counted wrongly. Pushes and deletions may go on.
     * Takes one look at each blob and manifest.
     *
     * @param progress is called with each repository that is counted, in the calling thread
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails; what was
     *     counted until then remains
     */
    public RecountReport recount(Consumer<RepositoryName> progress) {
        return StoreCalls.call("count the use of its quotas", () -> recountAll(progress));
    }

    private RecountReport recountAll(Consumer<RepositoryName> progress) throws IOException {
        RecountReport report = counting.run(repository -> {
            Settlement.Correction correction = bookkeeping.recount(repository);
            progress.accept(repository);
            bookkeeping.makeRoom();
            return correction;
        });
        bookkeeping.renew();
        return report;
    }

    private void recountLimited(RepositoryName repository) throws IOException {
        if (covers(repository)) {
            Settlement.Correction unused = bookkeeping.recount(repository);
        }
    }

    /** Returns the use of each pattern that has a limit, in the order of the limits. */
    public List<PatternUsage> usage() {
        return StoreCalls.call("read the use of its quotas", () -> {
            List<PatternUsage> usages = new ArrayList<>();
            for (Allowance allowance : allowances) {
                if (options.limits().contains(allowance.limit())) {
                    usages.add(usage(allowance));
                }
            }
            return List.copyOf(usages);
        });
    }

    private static PatternUsage usage(Allowance allowance) throws IOException {
        Counter counter = allowance.read();
        Amount use = counter.use();
        Amount reserved = counter.granted();
        return new PatternUsage(
                allowance.limit(), use.bytes(), use.repositories(), reserved.bytes(), reserved.repositories());
    }

    /**
     * Returns the use of all repositories together, with one read; empty if not all are counted
     * ({@link QuotaOptions.Builder#countAll}). What several repositories have counts for each of them.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public Optional<PatternUsage> total() {
        return StoreCalls.call("read the use of its repositories", () -> {
            for (Allowance allowance : allowances) {
                if (isOfAll(allowance.limit())) {
                    return Optional.of(usage(allowance));
                }
            }
            return Optional.empty();
        });
    }

    /** Returns whether every repository is counted: {@link QuotaOptions.Builder#countAll}, or by a limit for all of them. */
    public boolean countingAll() {
        return allowances.stream().anyMatch(allowance -> isOfAll(allowance.limit()));
    }

    /** Returns whether something is limited, so that pushes must go through {@link #registry}. */
    public boolean limiting() {
        return !options.limits().isEmpty();
    }

    /**
     * Returns the use of each repository that has a quota, or of each if all are counted, in no particular order. They are read while the stream is.
     *
     * @throws RegistryException while it is read, with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public Stream<RepositoryUsage> repositories() {
        return counting.usages();
    }

    /**
     * Returns whether everything was counted since there have been these quotas. Until then, the use is too low.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public boolean counted() {
        return StoreCalls.call("look at its quotas", counting::complete);
    }

    /**
     * Notes that something else than {@link #registry} has removed a blob or manifest from a repository, as a collection
     * does. What the repository shows is looked at and counted later.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public void released(RepositoryName repository, Digest digest) {
        change(repository, activity -> {
            activity.look(Item.blob(digest));
            activity.look(Item.manifest(digest));
        });
    }

    /** Notes that something else than {@link #registry} has changed a repository in any way. It is counted again later, as a whole. */
    public void changed(RepositoryName repository) {
        change(repository, Activity::lookAtAll);
    }

    private void change(RepositoryName repository, Consumer<Activity> change) {
        if (covers(repository)) {
            try (Operation operation = begin(repository, true)) {
                change.accept(operation.activity());
            }
        }
    }

    Operation begin(RepositoryName repository, boolean deleting) {
        return StoreCalls.call(
                "note a change of " + repository,
                () -> bookkeeping.begin(repository, reservation(repository), deleting));
    }

    boolean covers(RepositoryName repository) {
        return allowances.stream().anyMatch(allowance -> allowance.covers(repository));
    }

    boolean limitsRepositories(RepositoryName repository) {
        return allowances.stream()
                .anyMatch(allowance -> allowance.covers(repository)
                        && allowance.limit().count().isPresent());
    }

    boolean hasManifest(RepositoryName repository) {
        return StoreCalls.call("look for manifests of " + repository, () -> links.hasManifest(repository));
    }

    OptionalLong size(Digest digest) {
        return StoreCalls.call("look up the blob " + digest, () -> links.size(digest));
    }

    /** Returns whether a blob can be mounted from the repository that a client has named. */
    boolean shows(MountSource source, Digest digest) {
        return source instanceof MountSource.From from
                && hosted.repository(from.repository()).blobs().find(digest).isPresent();
    }

    UploadHolds uploads() {
        return uploads;
    }

    Reservation reservation(RepositoryName repository) {
        return new Reservation(
                repository,
                allowances.stream()
                        .filter(allowance -> allowance.covers(repository))
                        .toList());
    }

    void reserve(Reservation reservation, Amount amount, BooleanSupplier free) {
        call("reserve room for a push to " + reservation.repository(), () -> {
            Optional<Refusal> refusal = reservation.take(amount);
            if (refusal.isEmpty() || free.getAsBoolean()) {
                return;
            }
            // What this node has not counted yet may be less than what it holds for it, and what others hold may be of
            // the dead.
            bookkeeping.settleWhatIsPossible();
            refusal = reservation.take(amount);
            if (refusal.isPresent() && occasions.due()) {
                recovery.run(this::recountLimited);
                refusal = reservation.take(amount);
            }
            if (refusal.isPresent()) {
                throw refusal.get().toException();
            }
        });
    }

    private static void call(String what, StoreCalls.Action action) {
        StoreCalls.act(what, action);
    }

    /**
     * Counts what this node has changed and gives back all that it has set aside. Pushes must have ended. After a failure,
     * or without this call, the others do that when the lease is over.
     */
    @Override
    public void close() {
        try {
            bookkeeping.settleAll();
            uploads.releaseAll();
            for (Allowance allowance : allowances) {
                allowance.giveBack(true);
            }
            bookkeeping.prune(true);
            bookkeeping.renew();
        } catch (IOException | RegistryException e) {
            LOG.warn("The use of quotas could not be counted; other nodes do it, or the next start", e);
        }
    }
}
