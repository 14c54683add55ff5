package dev.berth.registry.console.operation.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.console.TestUpkeep;
import dev.berth.registry.console.api.Described;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionRun;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The description of the upkeep says what it answers: every member, and no other. */
class MaintenanceDescriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "/api/v1/maintenance/";

    /** There only while something is in progress, which is over soon here. */
    private static final Set<String> SELDOM = Set.of(
            "Collection.dryRun.inProgress",
            "Collection.dryRun.inProgress.scope",
            "Collection.dryRun.inProgress.begun",
            "Collection.dryRun.inProgress.step",
            "Collection.dryRun.inProgress.done",
            "Scrub.unfinished");

    private final TestUpkeep console = TestUpkeep.start();
    private final Described described = new Described("maintenance");

    MaintenanceDescriptionTest() throws IOException {}

    @AfterEach
    void close() {
        console.close();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = console.get(TestUpkeep.ROOT, PREFIX + path);
        JsonNode answer = JSON.readTree(response.body());
        described.check("GET", PREFIX + path.replaceAll("\\?.*", ""), response.statusCode(), answer);
        return answer;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void everyAddressIsDescribedWithItsFields() {
        assertThat(described.addresses(PREFIX))
                .containsExactlyInAnyOrder(
                        "GET /api/v1/maintenance/status []",
                        "GET /api/v1/maintenance/collection []",
                        "POST /api/v1/maintenance/collection/plan [scope]",
                        "GET /api/v1/maintenance/scrub []",
                        "POST /api/v1/maintenance/scrub/run []",
                        "GET /api/v1/maintenance/trash [after, limit, repository]",
                        "POST /api/v1/maintenance/trash/restore [digest, repository, since, tag]",
                        "POST /api/v1/maintenance/trash/purge [digest, repository]",
                        "GET /api/v1/maintenance/storage [limit]",
                        "GET /api/v1/maintenance/audit [after, caller, limit, repository, type]");
    }

    @Test
    void everyMemberOfAnAnswerIsDescribedAndIsThere() throws Exception {
        console.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0");
        Manifest gone = console.push("team/app", "other".getBytes(StandardCharsets.UTF_8), "0.9");
        console.push("team/web", "more".getBytes(StandardCharsets.UTF_8), "1.0");
        console.registry().repository("team/app").manifests().delete(gone.digest());
        console.registry().repository("team/app").blobs().push(dev.berth.registry.BlobSource.of(new byte[77]));
        String hex = Digest.sha256("layer".getBytes(StandardCharsets.UTF_8)).hex();
        console.store.put(
                ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data"),
                "lay3r".getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
        Instant now = Instant.now();
        console.hosted
                .maintenance()
                .collections()
                .record(CollectionRun.done(
                        now,
                        now,
                        Collector.over(console.store, CollectionOptions.defaults())
                                .collect(CollectionScope.EVERYTHING)));
        console.hosted.maintenance().collections().record(CollectionRun.failed(now, now, "it failed"));
        console.hosted.start();
        console.hosted.maintenance().beginDryRun(CollectionScope.EVERYTHING);
        console.hosted.maintenance().beginScrub();
        for (int i = 0; i < 2; i++) {
            console.audit.on(new AuditEvent(
                    now,
                    AuditEvent.Type.POLICY,
                    new AuditOrigin("alice", Optional.of(InetAddress.getByName("192.0.2.1")), "r", "password"),
                    "team/app",
                    "target",
                    AuditEvent.Outcome.REFUSED,
                    "reason"));
        }
        await(() -> console.hosted.maintenance().dryRun().last().isPresent()
                && console.hosted.maintenance().lastScrub().isPresent()
                && console.hosted.quotas().orElseThrow().total().orElseThrow().repositories() == 2);

        for (String path : List.of(
                "status",
                "collection",
                "scrub",
                "trash?limit=1",
                "trash?repository=team/app&limit=1",
                "storage",
                "audit?limit=1&caller=alice")) {
            assertThat(get(path).has("errors")).as(path).isFalse();
        }
        get("trash?limit=0");
        assertThat(described.unseen())
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(
                        java.util.stream.Stream.concat(
                                        SELDOM.stream(),
                                        java.util.stream.Stream.of(
                                                "Restored.manifests",
                                                "Restored.tags",
                                                "Restored.problems",
                                                "Restored.furtherProblems"))
                                .toList()));
    }

    @Test
    void changesAnswerWhatIsDescribed() throws Exception {
        Manifest gone = console.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0");
        console.registry().repository("team/app").manifests().delete(gone.digest());
        for (Map.Entry<String, String> change : List.of(
                Map.entry("collection/plan", "{}"),
                Map.entry("scrub/run", "{}"),
                Map.entry("trash/restore", "{\"repository\":\"team/app\",\"digest\":\"" + gone.digest() + "\"}"),
                Map.entry("trash/restore", "{\"repository\":\"team/app\",\"tag\":\"never\"}"),
                Map.entry("trash/purge", "{\"repository\":\"team/app\"}"))) {
            HttpResponse<String> response = console.change(TestUpkeep.ROOT, PREFIX + change.getKey(), change.getValue());
            described.check("POST", PREFIX + change.getKey(), response.statusCode(), JSON.readTree(response.body()));
        }
        assertThat(console.hosted.engine().trash().deleted(RepositoryName.parse("team/app")))
                .isEmpty();
        assertThat(described.unseen()).noneMatch(member -> member.startsWith("Restored."));
    }
}
