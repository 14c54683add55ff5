package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.contract.Cases;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    private static final String HUB = Reference.DEFAULT_REGISTRY;
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final Digest DIGEST = Digest.parse("sha256:" + HEX);

    @ParameterizedTest
    @CsvSource({
        "localhost/app,                  localhost,            app,           latest",
        "localhost:5000/app,             localhost:5000,       app,           latest",
        "localhost:5000/app:1.1,         localhost:5000,       app,           1.1",
        "host:5000/team/app:1.1,         host:5000,            team/app,      1.1",
        "example.com/app,                example.com,          app,           latest",
        "example.com/team/app:V1,        example.com,          team/app,      V1",
        "EXAMPLE.com:443/app,            EXAMPLE.com:443,      app,           latest",
        "Host/app,                       Host,                 app,           latest",
        "a-b.c-d.e:65535/x,              a-b.c-d.e:65535,      x,             latest",
        "127.0.0.1/app,                  127.0.0.1,            app,           latest",
        "127.0.0.1:5000/a/b/c:t,         127.0.0.1:5000,       a/b/c,         t",
        "[::1]/app,                      [::1],                app,           latest",
        "[::1]:5000/app:1,               [::1]:5000,           app,           1",
        "[2001:DB8::ff00:42:8329]/a/b:c, [2001:DB8::ff00:42:8329], a/b,       c",
        "[::ffff:192.0.2.1]:80/a,        [::ffff:192.0.2.1]:80, a,            latest",
        "xn--bcher-kva.example/buch:1,   xn--bcher-kva.example, buch,         1",
        "host:5000/app:5000,             host:5000,            app,           5000"
    })
    void namesARegistry(String text, String registry, String repository, String tag) {
        Reference reference = Reference.parse(text);
        assertThat(reference)
                .isEqualTo(new Reference(
                        registry, RepositoryName.parse(repository), Optional.of(Tag.parse(tag)), Optional.empty()));
        assertThat(reference).hasToString(registry + "/" + repository + ":" + tag);
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
        assertThat(reference.selector()).isEqualTo(Tag.parse(tag));
    }

    @ParameterizedTest
    @CsvSource({
        "ubuntu,              library/ubuntu, latest",
        "ubuntu:24.04,        library/ubuntu, 24.04",
        "library/ubuntu,      library/ubuntu, latest",
        "team/app,            team/app,       latest",
        "team/app:1,          team/app,       1",
        "a/b/c:d,             a/b/c,          d",
        "host:5000,           library/host,   5000",
        "a.b,                 library/a.b,    latest",
        "localhost,           library/localhost, latest",
        "localhost:1,         library/localhost, 1",
        "team__x/app--y,      team__x/app--y, latest"
    })
    void meansDockerHubWhereNoRegistryIsNamed(String text, String repository, String tag) {
        for (String name : new String[] {text, HUB + "/" + text, "index." + HUB + "/" + text}) {
            Reference reference = Reference.parse(name);
            assertThat(reference).as(name).hasToString(HUB + "/" + repository + ":" + tag);
            assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
        }
    }

    @Test
    void otherRegistriesHaveNoLibrary() {
        assertThat(Reference.parse("example.com/ubuntu").repository()).hasToString("ubuntu");
    }

    @Test
    void takesADigest() {
        Reference untagged = Reference.parse("host:5000/app@" + DIGEST);
        assertThat(untagged.tag()).isEmpty();
        assertThat(untagged.digest()).contains(DIGEST);
        assertThat(untagged.selector()).isEqualTo(DIGEST);
        assertThat(untagged).hasToString("host:5000/app@" + DIGEST);

        Reference both = Reference.parse("app:1.0@" + DIGEST);
        assertThat(both.tag()).contains(Tag.parse("1.0"));
        assertThat(both.selector()).as("the digest decides").isEqualTo(DIGEST);
        assertThat(both).hasToString(HUB + "/library/app:1.0@" + DIGEST);
        assertThat(Reference.parse(both.toString())).isEqualTo(both);

        String sha512 = "sha512:" + "ab".repeat(64);
        assertThat(Reference.parse("app@" + sha512).digest()).contains(Digest.parse(sha512));
    }

    @Test
    void refusesWhatIsNoReference() {
        Cases.of(
                        "",
                        "/",
                        ":",
                        "@",
                        "app:",
                        ":tag",
                        "@" + "sha256:abc",
                        "app@",
                        "app@sha256",
                        "app@sha256:abc",
                        "app@md5:abc",
                        "app:1@",
                        "app@1.0",
                        "/app",
                        "app/",
                        "host:5000/",
                        "host:5000//app",
                        "host.com/a//b",
                        "host:/app",
                        "host:abc/app",
                        "host:65536/app",
                        "host:123456/app",
                        "host:-1/app",
                        "host:5000:6000/app",
                        ":5000/app",
                        ".com/app",
                        "a..b/app",
                        "a.b./app",
                        "-a.b/app",
                        "a-.b/app",
                        "my_host:5000/app",
                        "ho st:1/app",
                        "h\u00f6st.com/app",
                        "[::1/app",
                        "::1]/app",
                        "[]:5000/app",
                        "[::1]5000/app",
                        "[::1]:/app",
                        "[::1]:x/app",
                        "[::g]/app",
                        "[::1%25eth0]/app",
                        "[::1]x:1/app",
                        "http://host:5000/app",
                        "https://host.com/app",
                        "host.com/app:a:b",
                        "app:t/x",
                        "app:.a",
                        "a b",
                        "app tag",
                        "app\n",
                        "../app",
                        "host.com/../app",
                        "host.com/UPPER",
                        "Ubuntu",
                        "a/B")
                .check(text -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Reference.parse(text))
                            .satisfies(
                                    e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
                });
    }

    @Test
    void aNameThatDockerTakesForAnImageIdIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse(HEX))
                .withMessageContaining(HEX)
                .withMessageContaining("id");
        assertThat(Reference.parse(HEX + ":1").repository()).hasToString("library/" + HEX);
        assertThat(Reference.parse("team/" + HEX).repository()).hasToString("team/" + HEX);
        assertThat(Reference.parse(HEX.substring(1)).repository()).hasToString("library/" + HEX.substring(1));
    }

    @Test
    void saysWhichPartIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse("host:99999/app:1"))
                .withMessageContaining("host:99999")
                .withMessageContaining("registry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse("host:5000/App:1"))
                .withMessageContaining("App")
                .withMessageContaining("upper-case");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse("host:5000/app:.1"))
                .withMessageContaining(".1")
                .withMessageContaining("tag");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse("host:5000/app@sha256:1"))
                .withMessageContaining("sha256:1")
                .withMessageContaining("digest");
    }

    @Test
    void isBuiltOfValidPartsOnly() {
        RepositoryName app = RepositoryName.parse("app");
        Optional<Tag> latest = Optional.of(Tag.LATEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reference("host", app, Optional.empty(), Optional.empty()))
                .withMessageContaining("app");
        for (String host : new String[] {"", "a b", "host:99999", "host/x", "[::1", "a..b", "http://host"}) {
            assertThatIllegalArgumentException()
                    .as(host)
                    .isThrownBy(() -> new Reference(host, app, latest, Optional.empty()));
        }
        assertThat(new Reference("host", app, latest, Optional.empty())).hasToString("host/app:latest");
        assertThatNullPointerException().isThrownBy(() -> new Reference(null, app, latest, Optional.empty()));
        assertThatNullPointerException().isThrownBy(() -> Reference.parse(null));
    }

    @Test
    void isMadeOfRegistryRepositoryAndTagOrDigest() {
        RepositoryName app = RepositoryName.of("team", "app");
        Tag tag = Tag.parse("1.0");
        Digest digest = Digest.sha256(new byte[0]);
        assertThat(Reference.of("host:5000", app, tag)).isEqualTo(Reference.parse("host:5000/team/app:1.0"));
        assertThat(Reference.of("host:5000", app, digest)).isEqualTo(Reference.parse("host:5000/team/app@" + digest));
        assertThat(Reference.of("host:5000", app, tag, digest))
                .isEqualTo(Reference.parse("host:5000/team/app:1.0@" + digest));
        assertThatIllegalArgumentException().isThrownBy(() -> Reference.of("host/x", app, tag));
        assertThatNullPointerException().isThrownBy(() -> Reference.of("host", app, null));
    }
}
