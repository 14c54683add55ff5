package dev.berth.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client sees of a locked tag. */
class ImmutableOverHttpTest {
    private final RulesWorld world = new RulesWorld();
    private final Manifest image = world.image("v1");
    private final Manifest other =
            ImageManifest.of(RulesWorld.blob("other"), List.of()).toManifest();

    @Test
    void pushToLockedTagIsDenied() throws Exception {
        TagRules rules = TagRules.of(TagRule.immutable("releases").tags("v*").build());
        try (RegistryServer server = RegistryServer.builder(Immutable.of(world.registry, rules, world.context))
                .listen("127.0.0.1", 0)
                .build()
                .start()) {
            HttpResponse<String> moved = put(server, "v1", other);
            HttpResponse<String> repeated = put(server, "v1", image);
            HttpResponse<String> created = put(server, "v2", other);
            HttpResponse<String> deleted =
                    send(server, "v1", HttpRequest.newBuilder().DELETE());

            assertThat(moved.statusCode()).isEqualTo(403);
            assertThat(moved.body())
                    .contains(
                            "\"code\":\"DENIED\"", "The tag team/app:v1 was not moved", "'releases' locks it for ever");
            assertThat(repeated.statusCode()).isEqualTo(201);
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(deleted.statusCode()).isEqualTo(403);
            assertThat(deleted.body()).contains("\"code\":\"DENIED\"", "team/app:v1 was not deleted");
        }
    }

    private static HttpResponse<String> put(RegistryServer server, String tag, Manifest manifest)
            throws IOException, InterruptedException {
        return send(
                server,
                tag,
                HttpRequest.newBuilder()
                        .PUT(BodyPublishers.ofByteArray(manifest.bytes()))
                        .header("Content-Type", manifest.mediaType()));
    }

    private static HttpResponse<String> send(RegistryServer server, String tag, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        URI uri = server.uri().resolve("/v2/team/app/manifests/" + tag);
        return HttpClient.newHttpClient().send(request.uri(uri).build(), BodyHandlers.ofString());
    }
}
