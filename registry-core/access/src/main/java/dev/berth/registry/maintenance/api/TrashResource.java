package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.DeletedManifest;
import dev.berth.registry.engine.DeletedTag;
import dev.berth.registry.engine.RestoreReport;
import dev.berth.registry.engine.Trash;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What was deleted, and can be restored, or removed for good. */
final class TrashResource {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    private final HostedRegistry hosted;
    private final AuditListener listener;

    TrashResource(HostedRegistry hosted, AuditListener listener) {
        this.hosted = hosted;
        this.listener = listener;
    }

    List<Route> routes() {
        return List.of(
                Route.get("trash", this::list, "repository", "after", "limit"),
                Route.post("trash/restore", this::restore, "repository", "tag", "digest", "since"),
                Route.post("trash/purge", this::purge, "repository", "digest"));
    }

    private Answer list(Call call) {
        call.requireAdministrator();
        int limit = call.limit("limit", PAGE, LARGEST_PAGE);
        Trash trash = hosted.engine().trash();
        ObjectNode content = Answer.object();
        content.put("windowSeconds", trash.window().toSeconds());
        if (call.find("repository").isPresent()) {
            listDeleted(call, trash, limit, content);
        } else {
            listRepositories(call, trash, limit, content);
        }
        return Answer.of(content);
    }

    private static void listRepositories(Call call, Trash trash, int limit, ObjectNode content) {
        Listing<RepositoryName, RepositoryName> all = trash.deletedRepositories();
        List<RepositoryName> page = call.find("after")
                .map(after -> all.after(RepositoryName.parse(after)))
                .orElse(all)
                .limit(limit)
                .toList();
        ArrayNode repositories = content.putArray("repositories");
        page.forEach(name -> repositories.add(name.value()));
        if (page.size() == limit) {
            content.put("next", page.get(limit - 1).value());
        }
    }

    private static void listDeleted(Call call, Trash trash, int limit, ObjectNode content) {
        RepositoryName repository = call.repository("repository");
        Listing<DeletedManifest, Digest> all = trash.deleted(repository);
        List<DeletedManifest> page = call.find("after")
                .map(after -> all.after(Digest.parse(after)))
                .orElse(all)
                .limit(limit)
                .toList();
        content.put("repository", repository.value());
        ArrayNode deleted = content.putArray("deleted");
        page.forEach(manifest -> describe(manifest, trash.window(), deleted.addObject()));
        if (page.size() == limit) {
            content.put("next", page.get(limit - 1).manifest().digest().toString());
        }
    }

    private static void describe(DeletedManifest deleted, Duration window, ObjectNode node) {
        node.put("digest", deleted.manifest().digest().toString());
        node.put("mediaType", deleted.manifest().mediaType());
        node.put("size", deleted.manifest().size());
        deleted.deletedAt().ifPresent(at -> {
            node.put("deleted", at.toString());
            node.put("until", at.plus(window).toString());
        });
        ArrayNode tags = node.putArray("tags");
        for (DeletedTag tag : deleted.tags()) {
            tags.addObject()
                    .put("tag", tag.tag().value())
                    .put("deleted", tag.deletedAt().toString())
                    .put("until", tag.deletedAt().plus(window).toString());
        }
        node.put("furtherTags", deleted.furtherTags());
    }

    private Answer restore(Call call) {
        call.requireAdministrator();
        RepositoryName repository = call.repository("repository");
        Optional<Tag> tag = call.find("tag").map(Tag::parse);
        Optional<Digest> digest = call.find("digest").map(Digest::parse);
        Optional<Instant> since = call.find("since").map(TrashResource::time);
        long named =
                List.of(tag, digest, since).stream().filter(Optional::isPresent).count();
        if (named != 1) {
            throw Fields.invalid("What is restored is named by one of the fields tag, digest and since");
        }
        Trash trash = audited(call).through(hosted.registry(call.actor().name()));
        RestoreReport report = tag.map(name -> trash.restore(repository, name))
                .or(() -> digest.map(manifest -> trash.restore(repository, manifest)))
                .orElseGet(() -> trash.restore(repository, since.orElseThrow()));
        ObjectNode content =
                Answer.object().put("manifests", report.manifests()).put("tags", report.tags());
        ArrayNode problems = content.putArray("problems");
        report.problems().forEach(problems::add);
        return Answer.of(content.put("furtherProblems", report.furtherProblems()));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Fields.invalid("The field 'since' is a time such as 2030-01-31T00:00:00Z");
        }
    }

    private Answer purge(Call call) {
        call.requireAdministrator();
        RepositoryName repository = call.repository("repository");
        Optional<Digest> digest = call.find("digest").map(Digest::parse);
        Trash trash = audited(call);
        long purged = digest.isPresent() ? trash.purge(repository, digest.get()) : trash.purge(repository);
        return Answer.of(Answer.object().put("purged", purged));
    }

    private Trash audited(Call call) {
        return hosted.engine().trash().auditedBy(listener, call.actor().origin());
    }
}
