package dev.berth.registry.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed, too large or from elsewhere changes nothing. */
class WebhookApiInputTest {
    private static final String ROOT = WebhookWorld.ROOT;
    private static final String VALID = "'url':'https://hooks.example/','repositories':['acme/**']";

    private final WebhookWorld world = new WebhookWorld();
    private List<WebhookEndpoint> before = List.of();

    @BeforeEach
    void lookAtWhatIsThere() {
        before = world.webhooks.endpoints();
    }

    private void refused(ManagedRegistry.Reply reply, int status) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(world.webhooks.endpoints()).isEqualTo(before);
        assertThat(world.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{'name':'x'}",
                "{'name':'x','url':'https://hooks.example/'}",
                "{'name':'x','repositories':['acme/**']}",
                "{'name':'x','name':'y',VALID}",
                "{'name':'../x',VALID}",
                "{'name':'x/y',VALID}",
                "{'name':'x\\u0000',VALID}",
                "{'name':['x','y'],VALID}",
                "{'name':'x',VALID,'unknown':true}",
                "{'name':'x',VALID,'format':'xml'}",
                "{'name':'x',VALID,'format':['cloudevents','dockerhub']}",
                "{'name':'x',VALID,'actions':['explode']}",
                "{'name':'x',VALID,'actions':['push'],'types':['tag.set']}",
                "{'name':'x',VALID,'types':['Tag Set']}",
                "{'name':'x',VALID,'headers':{'Host':'a'}}",
                "{'name':'x',VALID,'headers':{'Content-Length':'0'}}",
                "{'name':'x',VALID,'headers':{'webhook-signature':'v1,x'}}",
                "{'name':'x',VALID,'headers':{'X-A':'a\\r\\nX-B: b'}}",
                "{'name':'x',VALID,'headers':{'X-A':1}}",
                "{'name':'x',VALID,'headers':['X-A']}",
                "{'name':'x',VALID,'headers':'X-A: a'}",
                "{'name':'x',VALID,'secrets':['short']}",
                "{'name':'x',VALID,'secrets':['whsec_AAAA']}",
                "{'name':'x',VALID,'secrets':{'a':'b'}}",
                "{'name':'x',VALID,'timeout':'1h'}",
                "{'name':'x',VALID,'timeout':'61s'}",
                "{'name':'x',VALID,'timeout':5}",
                "{'name':'x',VALID,'active':'perhaps'}",
                "{'name':'x','url':'https://hooks.example/','repositories':[]}",
                "{'name':'x','url':'https://hooks.example/','repositories':['a*']}"
            })
    void aMalformedEndpointIsRefused(String body) {
        refused(world.call(ROOT, "PUT", "endpoints", body.replace("VALID", VALID)), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://hooks.example/",
                "ftp://hooks.example/",
                "hooks.example",
                "//hooks.example/",
                "https:///x",
                "https://u:p@hooks.example/",
                "https://hooks.example/#x",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://hooks.example:99999/",
                "https://hooks.example/a b",
                "https://hooks.example/\\u0007"
            })
    void anUrlThatNobodyMeansIsRefused(String url) {
        refused(
                world.call(ROOT, "PUT", "endpoints", "{'name':'x','url':'" + url + "','repositories':['acme/**']}"),
                400);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        refused(world.call(ROOT, "PUT", "endpoints", "{'name':'" + "x".repeat(70_000) + "'," + VALID + "}"), 400);
        refused(world.call(ROOT, "PUT", "endpoints", "{'name':'" + "x".repeat(65) + "'," + VALID + "}"), 400);
        String many = "'a',".repeat(101);
        refused(
                world.call(
                        ROOT,
                        "PUT",
                        "endpoints",
                        "{'name':'x','url':'https://hooks.example/','repositories':["
                                + many.substring(0, many.length() - 1) + "]}"),
                400);
        refused(
                world.call(
                        ROOT,
                        "PUT",
                        "endpoints",
                        "{'name':'x'," + VALID + ",'headers':{'X-A':'" + "x".repeat(5_000) + "'}}"),
                400);
        refused(world.get(ROOT, "endpoints?limit=1001"), 400);
        refused(world.get(ROOT, "endpoints?limit=0"), 400);
        refused(world.get(ROOT, "dead-letters?name=all&limit=100000"), 400);
        refused(world.get(ROOT, "dead-letters?name=all&after=../../x"), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, ''",
        "application/x-www-form-urlencoded, ''",
        "multipart/form-data, ''",
        "'', ''",
        "application/json, cross-site",
        "application/json, same-site"
    })
    void aPageOfAnotherSiteChangesNothing(String type, String site) {
        Map<String, String> headers = new TreeMap<>(Map.of("Authorization", ROOT));
        if (!type.isEmpty()) {
            headers.put("Content-Type", type);
        }
        if (!site.isEmpty()) {
            headers.put("Sec-Fetch-Site", site);
        }
        int status = site.isEmpty() ? 400 : 403;
        for (String path : List.of("test", "enable", "secrets", "dead-letters/resend-all")) {
            refused(
                    ManagedRegistry.send(
                            world.api, "POST", WebhookApi.PATH + path, headers, "{\"name\":\"acme.deploy\"}"),
                    status);
        }
        refused(
                ManagedRegistry.send(
                        world.api,
                        "PUT",
                        WebhookApi.PATH + "endpoints",
                        headers,
                        ("{'name':'x'," + VALID + "}").replace('\'', '"')),
                status);
        if (!site.isEmpty()) {
            refused(
                    ManagedRegistry.send(
                            world.api, "DELETE", WebhookApi.PATH + "endpoints?name=acme.deploy", headers, ""),
                    403);
        }
    }

    @Test
    void unknownAddressesMethodsAndParametersAreAnswered() {
        refused(world.get(ROOT, "nothing"), 404);
        refused(world.get("", "nothing"), 401);
        var reply = world.call(ROOT, "PATCH", "endpoints", "{}");
        refused(reply, 405);
        assertThat(reply.headers()).containsEntry("Allow", "GET, POST, PUT, DELETE");
        refused(world.get(ROOT, "endpoint?name=all&name=mixed"), 400);
        refused(world.get(ROOT, "endpoint?name=all&url=x"), 400);
        refused(world.get(ROOT, "test?name=all"), 405);
        assertThat(world.call(ROOT, "HEAD", "endpoints", "").status()).isEqualTo(200);
    }
}
