package dev.berth.registry.mirror.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationDifference;
import dev.berth.registry.mirror.replication.ReplicationFailure;
import dev.berth.registry.mirror.replication.ReplicationStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How replication goes, and comparisons that are begun by hand. For administrators of the registry. */
final class ReplicationResource {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationResource.class);

    private final List<Replication> replications;
    private final Executor executor;
    private final InstantSource clock;
    private final ChangeAudit changes;
    private final AtomicBoolean running = new AtomicBoolean();

    ReplicationResource(
            List<Replication> replications, Executor executor, InstantSource clock, AuditListener listener) {
        this.replications = List.copyOf(replications);
        this.executor = executor;
        this.clock = clock;
        this.changes = new ChangeAudit(listener, clock, "");
    }

    List<Route> routes() {
        return List.of(Route.get("replication", this::status), Route.post("replication/run", this::run));
    }

    private Answer status(Call call) {
        call.requireAdministrator();
        ObjectNode content = Answer.object();
        content.put("now", clock.instant().toString());
        content.put("running", running.get());
        ArrayNode rules = content.putArray("rules");
        replications.stream()
                .flatMap(replication -> replication.status().stream())
                .forEach(status -> describe(status, rules.addObject()));
        return Answer.of(content);
    }

    /** Begins a comparison of all rules, unless one that was begun here is in progress. */
    private Answer run(Call call) {
        call.requireAdministrator();
        boolean begun = running.compareAndSet(false, true);
        if (begun) {
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException e) {
                // The server is about to end.
                running.set(false);
                begun = false;
            }
        }
        if (begun) {
            changes.tell(call, "replication", "comparison begun");
        }
        return new Answer(202, Answer.object().put("begun", begun));
    }

    private void runAll() {
        try {
            for (Replication replication : replications) {
                replication.run();
            }
        } catch (RegistryException e) {
            LOG.warn("A replication that was begun by hand has not ended: {}", e.getMessage());
        } catch (IllegalStateException e) {
            LOG.debug("The replication was closed", e);
        } finally {
            running.set(false);
        }
    }

    private void describe(ReplicationStatus status, ObjectNode node) {
        node.put("name", status.rule());
        node.put("direction", word(status.direction()));
        node.put("queued", status.queued());
        node.put("lagSeconds", status.lag(clock.instant()).toSeconds());
        status.waitingSince().ifPresent(since -> node.put("waitingSince", since.toString()));
        status.pausedUntil().ifPresent(until -> node.put("pausedUntil", until.toString()));
        node.put("carried", status.carried());
        node.put("deleted", status.deleted());
        node.put("bytes", status.bytes());
        node.put("failing", status.failing());
        status.problem().ifPresent(problem -> node.put("problem", problem));
        status.progress()
                .ifPresent(progress -> node.putObject("progress")
                        .put("started", progress.started().toString())
                        .put("done", progress.done())
                        .put("of", progress.of()));
        status.lastComparison()
                .ifPresent(last -> node.putObject("lastComparison")
                        .put("started", last.started().toString())
                        .put("ended", last.ended().toString())
                        .put("repositories", last.repositories())
                        .put("tags", last.tags())
                        .put("complete", last.complete()));
        ObjectNode differing = node.putObject("differing");
        for (ReplicationDifference.Kind kind : ReplicationDifference.Kind.values()) {
            differing.put(word(kind), status.differing(kind));
        }
        ArrayNode differences = node.putArray("differences");
        status.differences().forEach(difference -> describe(difference, differences.addObject()));
        ArrayNode failures = node.putArray("failures");
        status.failures().forEach(failure -> describe(failure, failures.addObject()));
    }

    private static void describe(ReplicationDifference difference, ObjectNode node) {
        node.put("kind", word(difference.kind()));
        node.put("repository", difference.repository().value());
        node.put("tag", difference.tag().value());
        difference.wanted().ifPresent(digest -> node.put("source", digest.toString()));
        difference.target().ifPresent(digest -> node.put("target", digest.toString()));
        difference.agreed().ifPresent(digest -> node.put("agreed", digest.toString()));
        node.put("since", difference.since().toString());
    }

    private static void describe(ReplicationFailure failure, ObjectNode node) {
        node.put("repository", failure.repository().value());
        failure.what().ifPresent(what -> node.put("reference", what.toString()));
        node.put("reason", failure.reason());
        node.put("when", failure.when().toString());
        node.put("attempts", failure.attempts());
        failure.again().ifPresent(again -> node.put("again", again.toString()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
