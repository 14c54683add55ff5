package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.host.HostedMaintenance;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.maintenance.scrub.AffectedRepository;
import dev.berth.registry.maintenance.scrub.QuarantinedBlob;
import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What scrubs have found. One can be begun now. There is no dry run: to look is all that a scrub does, and what it moves aside
 * had the wrong content twice, and is kept.
 */
final class ScrubResource {
    /** Each costs a look. */
    private static final int MOST_QUARANTINED = 50;

    private final HostedMaintenance maintenance;
    private final ChangeAudit told;

    ScrubResource(HostedMaintenance maintenance, ChangeAudit told) {
        this.maintenance = maintenance;
        this.told = told;
    }

    List<Route> routes() {
        return List.of(Route.get("scrub", this::status), Route.post("scrub/run", this::run));
    }

    private Answer status(Call call) {
        call.requireAdministrator();
        ObjectNode content = Answer.object();
        Optional<ScrubSchedule> schedule = maintenance.scrubSchedule();
        content.put("on", schedule.isPresent());
        schedule.ifPresent(on -> content.put("intervalSeconds", on.interval().toSeconds()));
        maintenance.unfinishedScrub().ifPresent(report -> describe(report, content.putObject("unfinished")));
        maintenance.lastScrub().ifPresent(report -> describe(report, content.putObject("last")));
        ArrayNode quarantine = content.putArray("quarantine");
        Iterator<QuarantinedBlob> moved = maintenance.quarantine().list();
        while (moved.hasNext() && quarantine.size() < MOST_QUARANTINED) {
            QuarantinedBlob blob = moved.next();
            quarantine
                    .addObject()
                    .put("digest", blob.digest().toString())
                    .put("since", blob.since().toString())
                    .put("size", blob.size())
                    .put("key", blob.key().value());
        }
        content.put("quarantineMore", moved.hasNext());
        return Answer.of(content);
    }

    private static void describe(ScrubReport report, ObjectNode node) {
        node.put("begun", report.begun().toString());
        report.finished().ifPresent(finished -> node.put("finished", finished.toString()));
        node.put("links", report.links());
        node.put("blobs", report.blobs());
        node.put("bytes", report.bytes());
        node.put("problems", report.problems());
        ArrayNode findings = node.putArray("findings");
        report.findings().forEach(finding -> describe(finding, findings.addObject()));
    }

    private static void describe(ScrubFinding finding, ObjectNode node) {
        node.put("problem", finding.problem().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("key", finding.key().value());
        finding.digest().ifPresent(digest -> node.put("digest", digest.toString()));
        node.put("description", finding.description());
        finding.quarantined().ifPresent(key -> node.put("quarantined", key.value()));
        ArrayNode affected = node.putArray("affected");
        for (AffectedRepository one : finding.affected()) {
            ObjectNode described =
                    affected.addObject().put("repository", one.repository().value());
            ArrayNode tags = described.putArray("tags");
            one.tags().forEach(tag -> tags.add(tag.value()));
            ArrayNode manifests = described.putArray("manifests");
            one.manifests().forEach(digest -> manifests.add(digest.toString()));
        }
    }

    private Answer run(Call call) {
        call.requireAdministrator();
        if (maintenance.scrubSchedule().isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "This process does not look for damage; switch scrubs on in its configuration, or ask the one that has"
                            + " them");
        }
        boolean begun = maintenance.beginScrub();
        if (begun) {
            told.tell(call, "scrub", "begun");
        }
        return new Answer(202, Answer.object().put("begun", begun));
    }
}
