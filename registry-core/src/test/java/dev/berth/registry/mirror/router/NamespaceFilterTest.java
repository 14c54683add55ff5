package dev.berth.registry.mirror.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the address of a request with {@code ns}, and of the addresses in its response. */
class NamespaceFilterTest {
    private static final RepositoryName HUB = RepositoryName.parse("hub.example");

    private final NamespaceFilter filter = NamespaceFilter.of(Map.of(
                    "hub.example", HUB,
                    "Registry.example:5000", RepositoryName.parse("registry/at-5000"),
                    "[::1]:5000", RepositoryName.parse("loopback")))
            .andHere(List.of("here.example"));
    private final List<String> asked = new ArrayList<>();
    private RegistryResponse answer = RegistryResponse.builder(200).build();

    private RegistryResponse send(String method, String target) throws IOException {
        return filter.filter(RegistryRequest.builder(method, target).build(), request -> {
            asked.add(request.target());
            return answer;
        });
    }

    private RegistryException refusal(String target) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> send("GET", target));
        assertThat(failure).as(target).isNotNull();
        assertThat(asked).isEmpty();
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/library/app/manifests/1.0?ns=hub.example, /v2/hub.example/library/app/manifests/1.0",
        "/v2/library/app/blobs/sha256:ab?ns=hub.example, /v2/hub.example/library/app/blobs/sha256:ab",
        "/v2/library/app/referrers/sha256:ab?artifactType=a%2Bb&ns=hub.example,"
                + " /v2/hub.example/library/app/referrers/sha256:ab?artifactType=a%2Bb",
        "/v2/library/app/tags/list?n=2&ns=hub.example&last=a%2Fb&&x,"
                + " /v2/hub.example/library/app/tags/list?n=2&last=a%2Fb&&x",
        "/v2/library/app/manifests/1%2E0?ns=hub.example, /v2/hub.example/library/app/manifests/1%2E0",
        "/v2/app/manifests/1.0?ns=HUB.example, /v2/hub.example/app/manifests/1.0",
        "/v2/app/manifests/1.0?n%73=hub%2Eexample, /v2/hub.example/app/manifests/1.0",
        "/v2/app/manifests/1.0?ns=registry.example:5000, /v2/registry/at-5000/app/manifests/1.0",
        "/v2/app/manifests/1.0?ns=registry.example%3A5000, /v2/registry/at-5000/app/manifests/1.0",
        "/v2/app/manifests/1.0?ns=%5B::1%5D:5000, /v2/loopback/app/manifests/1.0",
        "/v2/app/manifests/1.0?ns=hub.example&ns=HUB.example, /v2/hub.example/app/manifests/1.0",
        "/v2/app/manifests/1.0?ns=here.example, /v2/app/manifests/1.0",
        "/v2/?ns=hub.example, /v2/",
        "/v2/?ns=unknown.example&a=b, /v2/?a=b",
        "/v2/_catalog?ns=hub.example&n=5, /v2/_catalog?n=5",
        "/v2/app/manifests/1.0?nss=hub.example, /v2/app/manifests/1.0?nss=hub.example",
        "/v2/app/manifests/1.0, /v2/app/manifests/1.0",
        "/metrics?ns=hub.example, /metrics?ns=hub.example"
    })
    void aNamespaceBecomesThePrefixAndAllElseStays(String target, String expected) throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            asked.clear();
            send(method, target);
            assertThat(asked).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown.example",
                "",
                "hub.example:443",
                "hub.example/library",
                "../hub.example",
                "..%2F..%2Fhub.example",
                "%2fhub.example",
                "hub.example%20",
                "%5B::2%5D",
                "registry",
                "hub.example."
            })
    void aRegistryWithoutAMirrorIsNotKnownAndNobodyIsAsked(String namespace) {
        RegistryException refusal = refusal("/v2/library/app/manifests/1.0?ns=" + namespace);

        assertThat(refusal.code()).isEqualTo(ErrorCode.NAME_UNKNOWN);
        assertThat(refusal).hasMessageContaining("no mirror of");
    }

    @Test
    void onlyWhatCanBeAHostIsRepeatedInTheMessage() {
        assertThat(refusal("/v2/app/manifests/1?ns=third.example:5000")).hasMessageContaining("third.example:5000");
        assertThat(refusal("/v2/app/manifests/1?ns=%3Cscript%3E").getMessage()).doesNotContain("script");
        assertThat(refusal("/v2/app/manifests/1?ns=" + "a".repeat(1 << 20)).getMessage())
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ns=hub.example&ns=registry.example:5000",
                "ns=hub.example&ns=",
                "ns=hub.example%00",
                "ns=%",
                "ns=%zz",
                "ns=%C3%28"
            })
    void whatIsAmbiguousOrMalformedIsRefused(String query) {
        assertThat(refusal("/v2/library/app/manifests/1.0?" + query).code()).isEqualTo(ErrorCode.REQUEST_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/manifests/1.0",
                "/v2/blobs/uploads/",
                "/v2/tags/list",
                "/v2//manifests/1.0",
                "/v2/../manifests/1.0",
                "/v2/_catalog/",
                "/v2x/app/manifests/1.0"
            })
    void anAddressThatNamesNoRepositoryNamesNoneWithAPrefixEither(String path) throws Exception {
        send("GET", path + "?ns=hub.example");

        ApiPath seen = ApiPath.parse(asked.get(0));
        RegistryException invalid = catchThrowableOfType(RegistryException.class, seen::repository);
        assertThat(invalid).as(asked.get(0)).isNotNull();
    }

    @Test
    void noAddressLeavesThePrefix() throws Exception {
        String[] pieces = {
            "app", "/", "..", ".", "%2e", "manifests", "blobs", "uploads", "tags/list", "a", "hub.example"
        };
        Random random = new Random(14);
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder path = new StringBuilder("/v2/");
            for (int i = random.nextInt(8); i >= 0; i--) {
                path.append(pieces[random.nextInt(pieces.length)]);
            }
            asked.clear();
            send("GET", path + "?ns=hub.example");
            ApiPath seen = ApiPath.parse(asked.get(0));
            if (catchThrowableOfType(RegistryException.class, seen::repository) == null) {
                valid++;
                assertThat(seen.name()).as(path.toString()).startsWith("hub.example/");
            }
        }
        assertThat(valid).isPositive();
    }

    @Test
    void addressesInResponsesAreThoseThatTheClientKnows() throws Exception {
        answer = RegistryResponse.builder(200)
                .header("Link", "</v2/hub.example/library/app/tags/list?n=2&last=b>; rel=\"next\"")
                .header("Location", "/v2/hub.example/library/app/manifests/1.0")
                .build();

        RegistryResponse told = send("GET", "/v2/library/app/tags/list?n=2&n%73=Hub.example");

        assertThat(told.headers().first("Link"))
                .contains("</v2/library/app/tags/list?n=2&last=b&n%73=Hub.example>; rel=\"next\"");
        assertThat(told.headers().first("Location")).contains("/v2/library/app/manifests/1.0?n%73=Hub.example");
    }

    @Test
    void addressesOfOthersStayAsTheyAre() throws Exception {
        String storage = "https://storage.example/v2/hub.example/library/app?signature=1";
        answer = RegistryResponse.builder(307)
                .header("Location", storage)
                .header("Link", "<https://storage.example/>; rel=\"next\"")
                .build();

        RegistryResponse told = send("GET", "/v2/library/app/blobs/sha256:ab?ns=hub.example");

        assertThat(told.headers().first("Location")).contains(storage);
        assertThat(told.headers().first("Link")).contains("<https://storage.example/>; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://hub.example",
                "hub.example/library",
                "hub example",
                "hub.example:port",
                "-hub",
                "[x]"
            })
    void onlyHostsCanHaveMirrors(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamespaceFilter.of(Map.of(host, HUB)))
                .withMessageContaining("is not a registry");
    }

    @Test
    void aHostHasOneMeaning() {
        Map<String, RepositoryName> twice = new HashMap<>(Map.of("hub.example", HUB, "Hub.example", HUB));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamespaceFilter.of(twice))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.andHere(List.of("HUB.example")))
                .withMessageContaining("both");
    }
}
