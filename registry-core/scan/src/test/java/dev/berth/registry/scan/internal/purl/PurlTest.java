package dev.berth.registry.scan.internal.purl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
                "pkg:deb/debian/libstdc%2B%2B6@14.2.0-19?arch=amd64&distro=debian-13",
                "pkg:rpm/redhat/bash@5.1.8-9.el9?arch=x86_64&epoch=1&upstream=bash-5.1.8-9.el9.src.rpm",
                "pkg:maven/org.apache.commons/commons-text@1.9",
                "pkg:npm/%40angular/core@16.0.0",
                "pkg:golang/github.com/gorilla/mux@v1.8.0#sub/path",
                "pkg:pypi/django@1.11.1",
                "pkg:cargo/rand@0.7.2",
                "pkg:apk/alpine/busybox@1.36.1-r2?arch=x86_64",
                "pkg:oci/debian@sha256%3Aabc?repository_url=docker.io/library/debian&tag=latest"
            })
    void otherReadersOfPackageUrlsSeeTheSame(String text) throws MalformedPackageURLException {
        PackageURL theirs = new PackageURL(text);

        Purl ours = Purl.parse(text);

        assertThat(ours.type()).isEqualTo(theirs.getType());
        assertThat(ours.namespace()).isEqualTo(theirs.getNamespace() == null ? "" : theirs.getNamespace());
        assertThat(ours.name()).isEqualTo(theirs.getName());
        assertThat(ours.version()).isEqualTo(Optional.ofNullable(theirs.getVersion()));
        assertThat(ours.qualifiers()).isEqualTo(theirs.getQualifiers() == null ? Map.of() : theirs.getQualifiers());
    }

    @Test
    void aScopeThatIsNotEncodedIsNoVersion() {
        assertThat(Purl.parse("pkg:npm/@angular/core").path()).isEqualTo("@angular/core");
        assertThat(Purl.parse("pkg:npm/@angular/core").version()).isEmpty();
        assertThat(Purl.parse("pkg:npm/@angular/core@1.0").version()).contains("1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pkg:",
                "pkg:deb",
                "pkg:deb/",
                "pkg:/name",
                "http://deb/debian/curl",
                "pkg:deb/debian/cu%rl",
                "pkg:deb/debian/cu%0Arl@1",
                "pkg:deb/debian/curl@1%001",
                "pkg:deb/debian/cu%ffrl@1",
                "pkg:deb/debian/cu rl@1",
                "pkg:deb/debian/cu\ud800rl@1",
                "pkg:d\u0435b/debian/curl@1"
            })
    void whatIsNoPackageUrlIsRefused(String text) {
        assertThatThrownBy(() -> Purl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTooLongIsRefusedWithoutBeingRepeated() {
        String text = "pkg:deb/" + "a/".repeat(1_000_000) + "b";

        assertThatThrownBy(() -> Purl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(100);
    }

    @Test
    void whatIsMoreExactIsIncluded() {
        Purl any = Purl.parse("pkg:deb/debian/curl");
        Purl one = Purl.parse("pkg:deb/debian/curl@7?arch=amd64&distro=debian-13");

        assertThat(any.includes(one)).isTrue();
        assertThat(one.includes(any)).isFalse();
        assertThat(Purl.parse("pkg:deb/debian/curl@7?arch=amd64").includes(one)).isTrue();
        assertThat(Purl.parse("pkg:deb/debian/curl@7?arch=arm64").includes(one)).isFalse();
        assertThat(Purl.parse("pkg:deb/debian/curl@8").includes(one)).isFalse();
        assertThat(Purl.parse("pkg:deb/ubuntu/curl").includes(one)).isFalse();
    }

    @Test
    void imagesAreKnownByDigestAndByRepository() throws MalformedPackageURLException {
        Digest digest = Digest.sha256(new byte[0]);
        String text = ImagePurl.of(RepositoryName.parse("team/app"), digest, Optional.of("amd64"));

        assertThat(new PackageURL(text).canonicalize()).isEqualTo(text);
        assertThat(ImagePurl.digest(Purl.parse(text))).contains(digest);
        assertThat(ImagePurl.repository(Purl.parse(text))).isEmpty();
        assertThat(ImagePurl.repository(Purl.parse("pkg:oci/app?repository_url=registry.example:5000/team/app")))
                .contains(RepositoryName.parse("team/app"));
        assertThat(ImagePurl.repository(Purl.parse("pkg:docker/team/app@1.0")))
                .contains(RepositoryName.parse("team/app"));
        assertThat(ImagePurl.digest(Purl.parse("pkg:docker/team/app@1.0"))).isEmpty();
        assertThat(ImagePurl.digest(Purl.parse("pkg:oci/app@sha256:short"))).isEmpty();
    }
}
