package dev.berth.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.router.MirrorRouter;
import dev.berth.registry.mirror.router.NamespaceFilter;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that names the registry with {@code ns} asks for a token, and gets one, for the name that this registry has. */
class NamespaceTokenTest {
    private static final RepositoryName HUB = RepositoryName.parse("hub.example");
    private static final Pattern SCOPE = Pattern.compile("scope=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final String TARGET = "/v2/library/app/manifests/latest?ns=hub.example";

    private final Registry upstream = StorageRegistry.over(MemoryObjectStore.create());
    private final ObjectStore store = MemoryObjectStore.create();
    private final Registry local = StorageRegistry.over(store);
    private final PullThrough mirror = PullThrough.of(
            upstream, local, store, MirrorOptions.builder().prefix(HUB).build());
    private final RegistryServer server = start();
    private final HttpClient http = HttpClient.newHttpClient();

    private RegistryServer start() {
        AccountStore accounts = AccountStore.over(
                MemoryObjectStore.create(),
                AccountStoreOptions.builder().passwordCost(4).build());
        accounts.changesBy("test", event -> {}).addPerson("alice", "password of alice");
        accounts.changesBy("test", event -> {}).addPerson("bob", "password of bob");
        return AccessControl.builder(
                        MirrorRouter.over(local).route(mirror).byDefault(HUB).build())
                .store(accounts)
                .grants(Grants.of(
                        new Grant(Grantee.user("alice"), NamePattern.parse("hub.example/**"), Role.READER),
                        new Grant(Grantee.user("bob"), NamePattern.parse("library/**"), Role.READER)))
                .tokens("registry.test")
                .build()
                .server()
                .listen("127.0.0.1", 0)
                .filter(NamespaceFilter.of(Map.of("hub.example", HUB)))
                .build();
    }

    private void serve() throws IOException {
        Manifest manifest = Manifest.of("application/x", "{}".getBytes(StandardCharsets.UTF_8));
        upstream.repository("library/app").blobs().push(BlobSource.of(new byte[] {1}));
        upstream.repository("library/app").manifests().put(manifest, Tag.parse("latest"));
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        mirror.close();
    }

    private HttpResponse<String> get(String target, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + target));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String token(String user, String scope) throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":password of " + user).getBytes(StandardCharsets.UTF_8));
        // containerd adds what it would need at the registry itself.
        HttpResponse<String> answer = get(
                "/token?service=registry.test&scope=" + scope + "&scope=repository:library/app:pull",
                "Basic " + credentials);
        Matcher token = TOKEN.matcher(answer.body().replace(" ", ""));
        assertThat(token.find()).as(answer.body()).isTrue();
        return "Bearer " + token.group(1);
    }

    @Test
    void theChallengeAsksForTheNameHere() throws Exception {
        serve();

        HttpResponse<String> answer = get(TARGET, "");

        assertThat(answer.statusCode()).isEqualTo(401);
        Matcher scope =
                SCOPE.matcher(answer.headers().firstValue("WWW-Authenticate").orElse(""));
        assertThat(scope.find()).isTrue();
        assertThat(scope.group(1)).isEqualTo("repository:hub.example/library/app:pull");
        assertThat(get(TARGET, token("alice", scope.group(1))).statusCode()).isEqualTo(200);
    }

    @Test
    void theRightToTheShortNameIsNotTheRightToTheMirror() throws Exception {
        serve();
        String token = token("bob", "repository:hub.example/library/app:pull");

        assertThat(get(TARGET, token).statusCode()).isIn(401, 403);
        assertThat(get("/v2/library/app/manifests/latest", token).statusCode()).isEqualTo(200);
        assertThat(get("/v2/hub.example/library/app/manifests/latest", token).statusCode())
                .isIn(401, 403);
    }
}
