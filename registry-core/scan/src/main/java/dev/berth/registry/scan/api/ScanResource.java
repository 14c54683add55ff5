package dev.berth.registry.scan.api;

import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.sarif.SarifReport;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.ImageVerdict;
import dev.berth.registry.scan.service.ScanReports;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.service.ScanStatus;
import dev.berth.registry.scan.service.TagVerdict;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The operations of the API. */
final class ScanResource {
    private static final String SARIF = "application/sarif+json";
    private static final String REFERENCE = "reference";
    private static final int TAGS = 50;
    private static final int MOST_TAGS = 200;
    private static final int IMAGES = 100;
    private static final int MOST_IMAGES = 500;

    private final ScanService scans;
    private final ScanReports reports;
    private final AuditListener listener;
    private final InstantSource clock;

    ScanResource(ScanService scans, ScanReports reports, AuditListener listener, InstantSource clock) {
        this.scans = scans;
        this.reports = reports;
        this.listener = listener;
        this.clock = clock;
    }

    List<ScanRoute> routes() {
        String repository = Parameters.REPOSITORY;
        return List.of(
                route("GET", "report", this::report, Optional.of(Action.PULL), repository, REFERENCE),
                route("GET", "repository", this::repository, Optional.of(Action.PULL), repository, "after", "limit"),
                route("GET", "difference", this::difference, Optional.of(Action.PULL), repository, "from", "to"),
                route("GET", "images", this::images, Optional.empty(), "id", "limit"),
                route("GET", "status", this::status, Optional.empty()),
                route("POST", "start", this::start, Optional.of(Action.PUSH), repository, REFERENCE));
    }

    static ScanRoute route(
            String method, String path, ScanRoute.Operation operation, Optional<Action> right, String... fields) {
        return new ScanRoute(method, path, Set.of(fields), right, operation);
    }

    private RegistryResponse report(ScanCall call) throws IOException {
        Repository repository = call.repository();
        ImageVerdict image = reports.image(repository, call.parameters().reference(REFERENCE));
        if (wantsSarif(call)) {
            return sarif(repository, image);
        }
        return json(200, ScanJson.of(json -> ScanJson.image(json, repository.name(), image)));
    }

    private static boolean wantsSarif(ScanCall call) {
        return call.request()
                .header("Accept")
                .filter(accept -> accept.toLowerCase(Locale.ROOT).contains(SARIF))
                .isPresent();
    }

    private static RegistryResponse sarif(Repository repository, ImageVerdict image) throws IOException {
        if (image.platforms().size() != 1) {
            throw Parameters.invalid("SARIF is about one image; ask for one of those of this index by its digest: "
                    + String.join(
                            ", ",
                            image.platforms().stream()
                                    .map(platform -> platform.image().toString())
                                    .toList()));
        }
        JudgedReport judged = image.platforms()
                .get(0)
                .judged()
                .orElseThrow(() ->
                        Parameters.invalid("There is no report about this image yet: " + ScanJson.word(image.state())));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SarifReport.write(judged, repository.name() + "@" + image.digest(), bytes);
        return response(200, SARIF, bytes.toByteArray());
    }

    private RegistryResponse repository(ScanCall call) throws IOException {
        int limit = call.parameters().limit(TAGS, MOST_TAGS);
        List<TagVerdict> tags = reports.repository(
                call.repository(), call.parameters().find("after").map(Tag::parse), limit);
        return json(
                200, ScanJson.of(json -> ScanJson.tags(json, call.parameters().repository(), tags)));
    }

    private RegistryResponse images(ScanCall call) throws IOException {
        String id = call.parameters().get("id");
        int limit = call.parameters().limit(IMAGES, MOST_IMAGES);
        var images = reports.imagesWith(id, call.view(), limit);
        return json(200, ScanJson.of(json -> ScanJson.affected(json, id, images)));
    }

    private RegistryResponse difference(ScanCall call) throws IOException {
        var differences = reports.difference(
                call.repository(),
                call.parameters().reference("from"),
                call.parameters().reference("to"));
        return json(
                200,
                ScanJson.of(json -> ScanJson.differences(json, call.parameters().repository(), differences)));
    }

    private RegistryResponse status(ScanCall call) throws IOException {
        ScanStatus status = scans.status();
        List<ScanStatus.Running> running = status.running().stream()
                .filter(scan -> maySee(call, scan.image()))
                .toList();
        return json(200, ScanJson.of(json -> ScanJson.status(json, status, running)));
    }

    private static boolean maySee(ScanCall call, ImageKey image) {
        try {
            return call.view()
                    .repository(image.repository())
                    .manifests()
                    .find(image.digest())
                    .isPresent();
        } catch (RegistryException e) {
            return switch (e.code()) {
                case DENIED, UNAUTHORIZED -> false;
                default -> throw e;
            };
        }
    }

    private RegistryResponse start(ScanCall call) throws IOException {
        List<ImageKey> images = scans.scan(call.repository(), call.parameters().reference(REFERENCE));
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.CHANGE,
                RequestOrigin.of(call.caller(), call.request()),
                call.parameters().repository().value(),
                "scan " + call.parameters().repository() + " "
                        + call.parameters().get(REFERENCE),
                AuditEvent.Outcome.DONE,
                ""));
        return json(
                202,
                ScanJson.of(json -> ScanJson.started(json, call.parameters().repository(), images)));
    }

    static RegistryResponse json(int status, byte[] content) {
        return response(status, ScanApi.JSON, content);
    }

    private static RegistryResponse response(int status, String type, byte[] content) {
        return RegistryResponse.builder(status)
                .header("Cache-Control", "no-store")
                .header("Content-Type", type)
                .body(ResponseBody.of(content))
                .build();
    }
}
