package dev.berth.registry.maintenance.api;

import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.quota.Quotas;
import java.util.List;

/** What this process does for the registry. Asks the storage nothing. */
final class StatusResource {
    private final HostedRegistry hosted;

    StatusResource(HostedRegistry hosted) {
        this.hosted = hosted;
    }

    List<Route> routes() {
        return List.of(Route.get("status", this::status));
    }

    private Answer status(Call call) {
        call.requireAdministrator();
        return Answer.of(Answer.object()
                .put("collection", hosted.maintenance().collectionSchedule().isPresent())
                .put("scrub", hosted.maintenance().scrubSchedule().isPresent())
                .put("storage", hosted.quotas().filter(Quotas::countingAll).isPresent())
                .put("audit", hosted.auditStore().isPresent())
                .put("windowSeconds", hosted.engine().trash().window().toSeconds())
                .put("writable", hosted.maintenance().writable()));
    }
}
