package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.client.http.Addresses;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things are, as people and servers write it. */
final class AddressesTest {
    private static final Origin HOME = Origin.of(URI.create("https://r.example"));
    private static final RepositoryName NAME = RepositoryName.parse("a/b");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    /v2/a/b?n=1&last=x            ; https://r.example/v2/a/b?n=1&last=x
                    ?n=1&last=x                   ; https://r.example/v2/app/tags/list?n=1&last=x
                    list?n=1                      ; https://r.example/v2/app/tags/list?n=1
                    //r.example/x                 ; https://r.example/x
                    https://other.example/x       ; https://other.example/x
                    http://other.example/x        ; http://other.example/x
                    http://r.example/x            ; https://r.example/x
                    http://r.example:80/x         ; https://r.example/x
                    http://r.example:443/x        ; https://r.example/x
                    http://r.example:8080/x       ; http://r.example:8080/x
                    https://R.EXAMPLE:443/x?y=%2F ; https://r.example/x?y=%2F
                    /x y?q=a b|c                  ; https://r.example/x%20y?q=a%20b%7Cc
                    /x?state=abc==&t=a+b%2Bc      ; https://r.example/x?state=abc==&t=a+b%2Bc
                    /x#fragment                   ; https://r.example/x
                    https://r.example             ; https://r.example/
                    """)
    void followsWhatServersSend(String reference, String expected) {
        URI asked = URI.create("https://r.example/v2/app/tags/list?n=5");

        assertThat(Addresses.resolve(asked, reference)).contains(URI.create(expected));
    }

    @Test
    void refusesWhatIsNoAddress() {
        Cases.of("", " ", "mailto:a@b", "https://user:pass@r.example/", "https:///x", "file:///etc/passwd", "http://[x")
                .check(reference -> {
                    assertThat(Addresses.resolve(URI.create("https://r.example/"), reference))
                            .isEmpty();
                });
    }

    @Test
    void addsAParameterToThoseThatAreThere() {
        assertThat(Addresses.withParameter(URI.create("https://r.example/u?_state=a%2Fb="), "digest=x"))
                .isEqualTo(URI.create("https://r.example/u?_state=a%2Fb=&digest=x"));
        assertThat(Addresses.withParameter(URI.create("https://r.example/u"), "digest=x"))
                .isEqualTo(URI.create("https://r.example/u?digest=x"));
    }

    @ParameterizedTest
    @CsvSource({
        "ubuntu, https://registry-1.docker.io",
        "team/app:1.0, https://registry-1.docker.io",
        "r.example/team/app, https://r.example",
        "localhost:5000/app, http://localhost:5000",
    })
    void knowsTheRegistryOfAReference(String reference, String registry) {
        try (RemoteRegistry remote = RemoteRegistry.of(Reference.parse(reference))) {
            assertThat(remote).hasToString(registry);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, docker.io, https://registry-1.docker.io",
        "index.docker.io, docker.io, https://registry-1.docker.io",
        "registry-1.docker.io, docker.io, https://registry-1.docker.io",
        "r.example, r.example, https://r.example",
        "r.example:5000, r.example:5000, https://r.example:5000",
        "https://r.example:5000/, r.example:5000, https://r.example:5000",
        "http://r.example, r.example, http://r.example",
        "localhost:5000, localhost:5000, http://localhost:5000",
        "127.0.0.1:5000, 127.0.0.1:5000, http://127.0.0.1:5000",
        "[::1]:5000, [::1]:5000, http://[::1]:5000",
        "https://localhost:5000, localhost:5000, https://localhost:5000",
        "plain.example:5000, plain.example:5000, http://plain.example:5000",
        "half.example:5000, half.example:5000, http://half.example:5000",
        "half.example:5001, half.example:5001, https://half.example:5001",
        "127.0.0.1.example, 127.0.0.1.example, https://127.0.0.1.example",
    })
    void speaksTlsUnlessItIsThisMachineOrWasNamed(String address, String name, String origin) {
        RemoteOptions options = RemoteOptions.builder()
                .plainHttp("plain.example")
                .plainHttp("half.example:5000")
                .build();
        RegistryEndpoint parsed = RegistryEndpoint.parse(address);

        assertThat(parsed.name()).isEqualTo(name);
        assertThat(options.origin(parsed)).hasToString(origin);
    }

    @Test
    void refusesWhatIsNoRegistry() {
        Cases.of(
                        "",
                        "r.example/path",
                        "https://user@r.example",
                        "r.example?x",
                        "ftp://r.example",
                        "r.example:0",
                        "r.example:99999",
                        "a b")
                .check(address -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> RegistryEndpoint.parse(address))
                            .withMessageContaining("host");
                });
    }

    @Test
    void takesTheIdOfAnUploadOfTheRepository() {
        Cases.of("/v2/a/b/blobs/uploads/123?_state=x", "/v2/a/b/blobs/uploads/~abc")
                .check(id -> {
                    UploadIdCodec uploads = new UploadIdCodec();

                    assertThat(uploads.address(HOME, NAME, UploadId.of(id)))
                            .contains(URI.create("https://r.example" + id));
                    assertThat(uploads.id(HOME, NAME, URI.create("https://r.example" + id))
                                    .value())
                            .isEqualTo(id);
                });
    }

    @Test
    void takesNothingElseForAnUpload() {
        Cases.of(
                        "https://r.example/v2/a/b/blobs/uploads/123",
                        "http://169.254.169.254/v2/a/b/blobs/uploads/123",
                        "//evil.example/v2/a/b/blobs/uploads/123",
                        "/v2/other/blobs/uploads/123",
                        "/v2/a/b/manifests/latest",
                        "/v2/a/b/blobs/uploads/",
                        "/v2/a/b/blobs/uploads/..",
                        "/v2/a/b/blobs/uploads/../../manifests/latest",
                        "/v2/a/b/blobs/uploads/%2e%2e",
                        "/v2/a/b/blobs/uploads/x%2f..%2f..",
                        "/v2/other/../a/b/blobs/uploads/123/../../../../../other/blobs/uploads/1",
                        "/v2/a/b/blobs/uploads/1\r\nX: y",
                        "123")
                .check(id -> {
                    assertThat(new UploadIdCodec().address(HOME, NAME, UploadId.of(id)))
                            .isEmpty();
                });
    }

    @Test
    void remembersUploadsAtUnusualPlaces() {
        UploadIdCodec uploads = new UploadIdCodec();
        for (String address : new String[] {
            "https://r.example/artifacts-uploads/namespaces/x/uploads/1?t=2", "https://elsewhere.example/u/1"
        }) {
            UploadId id = uploads.id(HOME, NAME, URI.create(address));

            assertThat(uploads.address(HOME, NAME, id)).contains(URI.create(address));
            assertThat(uploads.address(HOME, RepositoryName.parse("other"), id)).isEmpty();
            assertThat(new UploadIdCodec().address(HOME, NAME, id)).isEmpty();
        }
    }
}
