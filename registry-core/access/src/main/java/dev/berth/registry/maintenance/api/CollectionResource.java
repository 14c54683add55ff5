package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedMaintenance;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.maintenance.CollectionDryRun;
import dev.berth.registry.maintenance.CollectionReport;
import dev.berth.registry.maintenance.CollectionRun;
import dev.berth.registry.maintenance.CollectionScope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What collections have done, and what the next one would do. A dry run goes on in the background. */
final class CollectionResource {
    private final HostedMaintenance maintenance;
    private final ChangeAudit told;

    CollectionResource(HostedMaintenance maintenance, ChangeAudit told) {
        this.maintenance = maintenance;
        this.told = told;
    }

    List<Route> routes() {
        return List.of(Route.get("collection", this::status), Route.post("collection/plan", this::plan, "scope"));
    }

    private Answer status(Call call) {
        call.requireAdministrator();
        ObjectNode content = Answer.object();
        Optional<CollectionSchedule> schedule = maintenance.collectionSchedule();
        content.put("on", schedule.isPresent());
        schedule.ifPresent(on -> content.put("intervalSeconds", on.interval().toSeconds())
                .put("fullIntervalSeconds", on.fullInterval().toSeconds())
                .put("graceSeconds", on.options().grace().toSeconds()));
        maintenance.collections().last().ifPresent(run -> describe(run, content.putObject("last")));
        maintenance
                .collections()
                .lastOfEverything()
                .ifPresent(run -> describe(run, content.putObject("lastOfEverything")));
        // What is in progress before what was kept: one that ends in between is in both, and never in none.
        Optional<CollectionDryRun.Progress> progress = maintenance.dryRun().progress();
        ObjectNode dryRun = content.putObject("dryRun");
        dryRun.put("possible", maintenance.writable());
        progress.ifPresent(present -> dryRun.putObject("inProgress")
                .put("scope", word(present.scope()))
                .put("begun", present.begun().toString())
                .put("step", present.step())
                .put("done", present.done()));
        maintenance.dryRun().last().ifPresent(run -> describe(run, dryRun.putObject("last")));
        return Answer.of(content);
    }

    private static void describe(CollectionRun run, ObjectNode node) {
        node.put("begun", run.begun().toString());
        node.put("ended", run.ended().toString());
        run.failure().ifPresent(failure -> node.put("failure", failure));
        run.report()
                .map(CollectionReport::toJson)
                .ifPresent(report -> node.set("report", StrictJson.parse(report.getBytes(StandardCharsets.UTF_8))));
    }

    private Answer plan(Call call) {
        call.requireAdministrator();
        CollectionScope scope = scope(call);
        if (!maintenance.writable()) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED, "This registry is read-only: nothing is ever removed from it");
        }
        boolean begun = maintenance.beginDryRun(scope);
        if (begun) {
            told.tell(call, "collection", "dry run begun, of " + word(scope));
        }
        return new Answer(202, Answer.object().put("begun", begun));
    }

    private static CollectionScope scope(Call call) {
        return switch (call.find("scope").orElse("everything")) {
            case "changed" -> CollectionScope.CHANGED;
            case "everything" -> CollectionScope.EVERYTHING;
            default -> throw Fields.invalid("The scope is changed or everything");
        };
    }

    private static String word(CollectionScope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
