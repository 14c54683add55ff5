package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.TestReports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Property;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

class CycloneDxSbomTest {
    private static final Optional<Distribution> DEBIAN =
            Optional.of(new Distribution("debian", "13", "Debian GNU/Linux 13 (trixie)"));
    private static final SbomSubject SUBJECT = new SbomSubject(
            RepositoryName.parse("team/app"),
            TestReports.IMAGE,
            Optional.of("amd64"),
            Optional.of(Instant.parse("2026-01-02T03:04:05.678Z")));

    @Test
    void itIsValidByTheSchemaOfCycloneDx() throws IOException {
        assertThat(new JsonParser().validate(write(inventory(packages(), List.of())), Version.VERSION_16))
                .isEmpty();
        assertThat(new JsonParser()
                        .validate(write(inventory(packages(), List.of("a gap", "a \u202e gap"))), Version.VERSION_16))
                .isEmpty();
        assertThat(new JsonParser()
                        .validate(
                                write(new ImageInventory(Optional.empty(), List.of(), List.of())), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void theSchemaIsAskedIndeed() throws IOException {
        byte[] broken = new String(write(inventory(packages(), List.of())), UTF_8)
                .replace("\"type\":\"container\"", "\"type\":\"box\"")
                .getBytes(UTF_8);

        assertThat(new JsonParser().validate(broken, Version.VERSION_16)).isNotEmpty();
    }

    @Test
    void otherProgramsReadWhatIsInTheImage() throws ParseException {
        Bom bom = new JsonParser().parse(write(inventory(packages(), List.of("Layer 2: it is damaged"))));

        Component image = bom.getMetadata().getComponent();
        assertThat(image.getType()).isEqualTo(Component.Type.CONTAINER);
        assertThat(image.getName()).isEqualTo("team/app");
        assertThat(image.getPurl()).isEqualTo("pkg:oci/app@sha256%3A" + TestReports.IMAGE.hex() + "?arch=amd64");
        assertThat(image.getHashes())
                .singleElement()
                .satisfies(hash -> assertThat(hash.getValue()).isEqualTo(TestReports.IMAGE.hex()));
        assertThat(bom.getMetadata().getTimestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        Component system = bom.getComponents().get(0);
        assertThat(system.getType()).isEqualTo(Component.Type.OPERATING_SYSTEM);
        assertThat(system.getName() + " " + system.getVersion()).isEqualTo("debian 13");
        Component libc = bom.getComponents().get(1);
        assertThat(libc.getPurl()).isEqualTo("pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13");
        assertThat(libc.getProperties())
                .extracting(Property::getName, Property::getValue)
                .contains(
                        tuple("berth:path", "var/lib/dpkg/status"),
                        tuple("berth:layer", TestReports.digest("layer").toString()),
                        tuple("berth:source", "glibc"));
        assertThat(bom.getComponents()).extracting(Component::getBomRef).doesNotHaveDuplicates();
        assertThat(bom.getCompositions())
                .singleElement()
                .satisfies(composition -> assertThat(composition.getAggregate().getAggregateName())
                        .isEqualTo("incomplete"));
        assertThat(bom.getMetadata().getProperties())
                .extracting(Property::getValue)
                .containsExactly("Layer 2: it is damaged");
    }

    @Test
    void theSameInventoryGivesTheSameBytes() {
        byte[] once = write(inventory(packages(), List.of()));
        byte[] again = write(inventory(packages(), List.of()));
        byte[] other = write(inventory(packages().subList(1, 3), List.of()));

        assertThat(again).isEqualTo(once);
        assertThat(serial(other)).isNotEqualTo(serial(once));
        assertThat(serial(once)).matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        ImageInventory inventory = inventory(packages(), List.of("Layer 2: it is damaged"));

        assertThat(read(write(inventory))).isEqualTo(inventory);
    }

    @Test
    void aHundredThousandPackagesAreWrittenAndRead() throws IOException {
        List<FoundPackage> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(FoundPackage.of(PackageType.NPM, String.format("package%06d", i), "1.0.0", "app/" + i));
        }
        ImageInventory inventory = inventory(many, List.of());

        assertThat(read(write(inventory))).isEqualTo(inventory);
    }

    private static ImageInventory read(byte[] json) throws IOException {
        return SbomDocument.read(new ByteArrayInputStream(json), SbomLimits.DEFAULT, Optional.empty());
    }

    private static List<FoundPackage> packages() {
        return List.of(
                new FoundPackage(
                        PackageType.DEB,
                        "libc6",
                        "2.41-12",
                        Optional.of("glibc"),
                        Optional.empty(),
                        Optional.of("amd64"),
                        "var/lib/dpkg/status"),
                new FoundPackage(
                        PackageType.DEB,
                        "zlib1g",
                        "1:1.3.dfsg+really1.3.1-1+b1",
                        Optional.of("zlib"),
                        Optional.of("1:1.3.dfsg+really1.3.1-1"),
                        Optional.of("amd64"),
                        "var/lib/dpkg/status"),
                new FoundPackage(
                        PackageType.RPM,
                        "bash",
                        "1:5.2-3.el9",
                        Optional.of("bash-source"),
                        Optional.empty(),
                        Optional.of("x86_64"),
                        "var/lib/rpm/rpmdb.sqlite"),
                FoundPackage.of(PackageType.MAVEN, "org.example:lib", "1.0", "app.jar!/lib/a.jar"),
                FoundPackage.of(PackageType.MAVEN, "org.example:lib", "1.0", "other.jar"),
                FoundPackage.of(PackageType.GOLANG, "github.com/BurntSushi/toml", "v1.0.0", "bin/tool"),
                FoundPackage.of(PackageType.NPM, "@scope/name", "1.0.0", "node_modules/@scope/name/package.json"),
                FoundPackage.of(PackageType.PYPI, "my-project", "2.0", "lib/my_project.dist-info/METADATA"));
    }

    private static ImageInventory inventory(List<FoundPackage> packages, List<String> gaps) {
        return new ImageInventory(
                DEBIAN,
                packages.stream()
                        .map(one -> new ImagePackage(
                                one,
                                one.packageUrl(DEBIAN),
                                one.ecosystem(DEBIAN),
                                Optional.of(TestReports.digest("layer"))))
                        .toList(),
                gaps);
    }

    private static byte[] write(ImageInventory inventory) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            CycloneDxSbom.write(inventory, SUBJECT, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String serial(byte[] json) {
        String text = new String(json, UTF_8);
        int begin = text.indexOf("urn:uuid:");
        return text.substring(begin, text.indexOf('"', begin));
    }
}
