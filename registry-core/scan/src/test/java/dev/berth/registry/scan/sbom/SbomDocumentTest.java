package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.TestReports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SbomDocumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
    void cycloneDxIsReadFromVersion12On(String version) throws IOException {
        assertThat(SbomWorld.urls(read(SbomWorld.CYCLONEDX.replace("1.5", version))))
                .hasSize(1);
    }

    @Test
    void whatSyftWritesHasSourcesAndPaths() throws IOException {
        ImageInventory inventory = read("""
                {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
                 "metadata": {"component": {"bom-ref": "x", "type": "container", "name": "app", "version": "sha256:0"}},
                 "components": [
                  {"bom-ref": "1", "type": "library", "publisher": "GNU", "name": "libc6", "version": "2.36-9+deb12u4",
                   "cpe": "cpe:2.3:a:libc6:libc6:2.36-9\\\\+deb12u4:*:*:*:*:*:*:*",
                   "purl": "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc",
                   "properties": [{"name": "syft:location:0:layerID", "value": "sha256:1"},
                                  {"name": "syft:location:0:path", "value": "/var/lib/dpkg/status.d/libc6"},
                                  {"name": "syft:metadata:source", "value": "glibc"}]},
                  {"bom-ref": "2", "type": "library", "name": "bash", "version": "5.1.8-9.el9",
                   "purl": "pkg:rpm/redhat/bash@5.1.8-9.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=bash-src-5.1.8-8.el9.src.rpm"},
                  {"bom-ref": "3", "type": "library", "name": "stdlib", "version": "go1.22",
                   "purl": "pkg:golang/stdlib@1.22.0"},
                  {"bom-ref": "4", "type": "file", "name": "/etc/passwd"},
                  {"bom-ref": "os", "type": "operating-system", "name": "debian", "version": "12",
                   "description": "Debian GNU/Linux 12 (bookworm)", "swid": {"tagId": "debian"}}
                 ],
                 "dependencies": [{"ref": "1", "dependsOn": ["1", "2"]}, {"ref": "2", "dependsOn": ["1"]}]}""");

        assertThat(inventory.distribution())
                .contains(new Distribution("debian", "12", "Debian GNU/Linux 12 (bookworm)"));
        assertThat(inventory.packages())
                .extracting(ImagePackage::found)
                .containsExactly(
                        new FoundPackage(
                                PackageType.DEB,
                                "libc6",
                                "2.36-9+deb12u4",
                                Optional.of("glibc"),
                                Optional.empty(),
                                Optional.of("amd64"),
                                "var/lib/dpkg/status.d/libc6"),
                        new FoundPackage(
                                PackageType.RPM,
                                "bash",
                                "1:5.1.8-9.el9",
                                Optional.of("bash-src"),
                                Optional.of("1:5.1.8-8.el9"),
                                Optional.of("x86_64"),
                                ""),
                        FoundPackage.of(PackageType.GOLANG, "stdlib", "1.22.0", ""));
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void whatTrivyWritesHasLayersAndSourcesInParts() throws IOException {
        ImageInventory inventory = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
                  {"type": "operating-system", "name": "debian", "version": "12.5"},
                  {"type": "library", "name": "zlib1g", "version": "1:1.2.13.dfsg-1",
                   "purl": "pkg:deb/debian/zlib1g@1.2.13.dfsg-1?arch=amd64&distro=debian-12.5&epoch=1",
                   "properties": [{"name": "aquasecurity:trivy:LayerDigest", "value": "%s"},
                                  {"name": "aquasecurity:trivy:SrcName", "value": "zlib"},
                                  {"name": "aquasecurity:trivy:SrcVersion", "value": "1.2.13.dfsg"},
                                  {"name": "aquasecurity:trivy:SrcRelease", "value": "1"},
                                  {"name": "aquasecurity:trivy:SrcEpoch", "value": "1"}]},
                  {"type": "application", "name": "app/package-lock.json", "components": [
                    {"type": "library", "group": "@babel", "name": "core", "version": "7.0.0",
                     "purl": "pkg:npm/%%40babel/core@7.0.0"}]}]}""".formatted(TestReports.digest("layer")));

        assertThat(inventory.packages()).hasSize(2);
        assertThat(inventory.packages().get(0).found().source()).contains("zlib");
        assertThat(inventory.packages().get(0).found().sourceVersion()).isEmpty();
        assertThat(inventory.packages().get(0).found().version()).isEqualTo("1:1.2.13.dfsg-1");
        assertThat(inventory.packages().get(0).layer()).contains(TestReports.digest("layer"));
        assertThat(inventory.packages().get(0).ecosystem()).contains("Debian:12");
        assertThat(inventory.packages().get(1).found().name()).isEqualTo("@babel/core");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPDX-2.2", "SPDX-2.3"})
    void spdx2IsRead(String version) throws IOException {
        ImageInventory inventory = read("""
                {"spdxVersion": "%s", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "app",
                 "packages": [
                  {"name": "musl", "SPDXID": "SPDXRef-1", "versionInfo": "1.2.5-r0", "downloadLocation": "NONE",
                   "externalRefs": [
                    {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:b"},
                    {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl",
                     "referenceLocator": "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&upstream=musl-src&distro=alpine-3.20.1"}]},
                  {"name": "app", "SPDXID": "SPDXRef-2", "externalRefs": [
                    {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl",
                     "referenceLocator": "pkg:oci/app@sha256:0"}]}],
                 "files": [{"fileName": "/etc/passwd"}],
                 "relationships": [{"spdxElementId": "SPDXRef-1", "relatedSpdxElement": "SPDXRef-1",
                   "relationshipType": "CONTAINS"}]}""".formatted(version));

        assertThat(inventory.packages()).singleElement().satisfies(one -> {
            assertThat(one.found().name()).isEqualTo("musl");
            assertThat(one.found().source()).contains("musl-src");
            assertThat(one.ecosystem()).contains("Alpine:v3.20");
        });
        assertThat(inventory.distribution()).contains(new Distribution("alpine", "3.20.1", "alpine 3.20.1"));
    }

    @Test
    void spdx3IsRead() throws IOException {
        ImageInventory inventory = read("""
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                  {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1"},
                  {"type": "software_Package", "spdxId": "urn:1", "name": "requests",
                   "software_packageVersion": "2.31.0", "software_packageUrl": "pkg:pypi/requests@2.31.0"},
                  {"type": "software_Package", "spdxId": "urn:2", "name": "flask", "externalIdentifier": [
                    {"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl",
                     "identifier": "pkg:pypi/flask@3.0.0"}]},
                  {"type": "software_File", "name": "x", "software_packageUrl": "pkg:pypi/other@1"}]}""");

        assertThat(SbomWorld.urls(inventory)).containsExactly("pkg:pypi/flask@3.0.0", "pkg:pypi/requests@2.31.0");
    }

    @Test
    void whatIsNotKnownHereIsAGap() throws IOException {
        ImageInventory inventory = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                + "{\"purl\":\"pkg:npm/a@1\"},{\"purl\":\"pkg:npm/a@1\"},{\"purl\":\"pkg:nuget/b@1\"},"
                + "{\"purl\":\"pkg:npm/without-version\"},{\"purl\":\"pkg:npm/a%0a@1\"},{\"purl\":\"pkg:generic/c@1\"}],"
                + "\"compositions\":[{\"aggregate\":\"incomplete\"}]}");

        assertThat(SbomWorld.urls(inventory)).containsExactly("pkg:npm/a@1");
        assertThat(inventory.reasons())
                .containsExactly(
                        "The SBOM says that it is not complete",
                        "The SBOM names 1 packages of the type nuget, which is not known here",
                        "The SBOM names 2 packages without a name and version that make sense");
    }

    @Test
    void theFieldsMayStandInAnyOrder() throws IOException {
        assertThat(
                        read("{\"components\":[{\"purl\":\"pkg:npm/a@1\"}],\"specVersion\":\"1.6\",\"bomFormat\":\"CycloneDX\"}")
                                .packages())
                .hasSize(1);
        Digest image = TestReports.IMAGE;
        String statement = "{\"predicate\":" + SbomWorld.CYCLONEDX + ",\"subject\":[{\"digest\":{\"sha256\":\""
                + image.hex() + "\"}}],\"_type\":\"https://in-toto.io/Statement/v1\"}";
        assertThat(SbomDocument.read(stream(statement), SbomLimits.DEFAULT, Optional.of(image))
                        .packages())
                .hasSize(1);
    }

    @Test
    void whatIsNoSbomIsRefusedWithTheReason() {
        assertRefused("", "empty");
        assertRefused("[]", "must be an object");
        assertRefused("{}", "neither CycloneDX nor SPDX");
        assertRefused("{\"packages\":[{}]}", "neither CycloneDX nor SPDX");
        assertRefused("{\"bomFormat\":\"Other\"}", "bomFormat");
        assertRefused("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"}", "CycloneDX 1.1");
        assertRefused("{\"spdxVersion\":\"SPDX-1.0\"}", "SPDX-1.0");
        assertRefused("{\"spdxVersion\":\"SPDX-2.3\",\"packages\":{}}", "packages: must be a list");
        assertRefused("{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[]}", "names no package");
        assertRefused(SbomWorld.CYCLONEDX + "{}", "follows its end");
        assertRefused(SbomWorld.CYCLONEDX.substring(0, 60), "not JSON");
    }

    @Test
    void nestingEndsAtALimit() {
        String deep = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                + "{\"purl\":\"pkg:npm/a@1\",\"components\":[".repeat(60);
        assertRefused(deep, "deep");
        assertRefused("{\"x\":" + "[".repeat(100_000), "not JSON");
    }

    @Test
    void tenMillionComponentsEndAtALimit() {
        String begin = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[";
        SbomLimits limits = new SbomLimits(1L << 40, 1_000, 100_000, 1, 1);

        assertThatThrownBy(() -> SbomDocument.read(
                        new EndlessText(begin, i -> "{\"purl\":\"pkg:npm/a" + i + "@1\"},", 10_000_000),
                        limits,
                        Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("more than 1000 packages");
        assertThatThrownBy(() -> SbomDocument.read(
                        new EndlessText(begin, i -> "{\"purl\":\"pkg:npm/a@1\"},", 10_000_000),
                        limits,
                        Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("more than 100000 values");
    }

    @Test
    void aTextWithoutEndEndsAtALimit() {
        assertThatThrownBy(() -> SbomDocument.read(
                        new EndlessText("{\"bomFormat\":\"", i -> "xxxxxxxxxxxxxxxx", 1L << 40),
                        SbomLimits.DEFAULT,
                        Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> SbomDocument.read(
                        new EndlessText("{\"x", i -> "xxxxxxxxxxxxxxxx", 1L << 40),
                        SbomLimits.DEFAULT,
                        Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> SbomDocument.read(
                        new EndlessText("{\"x\":\"", i -> "xxxxxxxxxxxxxxxx", 20_000_000),
                        SbomLimits.DEFAULT,
                        Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class);
    }

    private static void assertRefused(String document, String reason) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining(reason);
    }

    private static ImageInventory read(String document) throws IOException {
        return SbomDocument.read(stream(document), SbomLimits.DEFAULT, Optional.empty());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
