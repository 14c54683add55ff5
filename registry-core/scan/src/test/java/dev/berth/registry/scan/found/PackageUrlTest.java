package dev.berth.registry.scan.found;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.PackageURL;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Held against the library of those who made package URLs. What is not ASCII is left out: version 1.5 decodes it byte by byte. */
class PackageUrlTest {
    private static final Optional<Distribution> DEBIAN =
            Optional.of(new Distribution("debian", "13", "Debian GNU/Linux 13"));

    @Test
    void theLibraryReadsEveryUrlAsWhatItWasMadeOf() throws Exception {
        for (PackageType type : PackageType.values()) {
            for (String name : names(type)) {
                for (String version : List.of("1.0", "1:2.3~rc1+b2-4", "v0.0.0-2026@x")) {
                    FoundPackage found = new FoundPackage(
                            type, name, version, Optional.empty(), Optional.empty(), Optional.of("amd64"), "path");

                    PackageURL read = new PackageURL(found.packageUrl(DEBIAN));

                    assertThat(read.getType()).isEqualTo(type.id());
                    String told = type == PackageType.RPM && version.startsWith("1:") ? version.substring(2) : version;
                    assertThat(read.getVersion()).isEqualTo(told);
                    boolean path = type == PackageType.MAVEN || type == PackageType.GOLANG || type == PackageType.NPM;
                    String full =
                            read.getNamespace() == null ? read.getName() : read.getNamespace() + "/" + read.getName();
                    String expected = path ? name : type.isSystem() ? "debian/" + name : name;
                    assertThat(full).isEqualTo(type == PackageType.MAVEN ? expected.replace(':', '/') : expected);
                    if (type.isSystem()) {
                        assertThat(read.getQualifiers())
                                .containsEntry("arch", "amd64")
                                .containsEntry("distro", "debian-13");
                    } else {
                        assertThat(read.getQualifiers()).isNull();
                    }
                }
            }
        }
    }

    /** Names that packages of a type have, and such as only an attacker gives them. */
    private static List<String> names(PackageType type) {
        return switch (type) {
            case MAVEN -> List.of("group.x:artifact", "group:a%b?c#d");
            case GOLANG -> List.of("a", "github.com/some/module/v2", "a%b?c#d");
            case NPM -> List.of("a", "@scope/name", "a%b?c#d");
            default -> List.of("a", "lib++", "a%b?c#d");
        };
    }

    @Test
    void releasesOfDistributionsAreNamedAsInAdvisories() {
        assertThat(ecosystem("ubuntu", "24.04")).contains("Ubuntu:24.04:LTS");
        assertThat(ecosystem("ubuntu", "25.04")).contains("Ubuntu:25.04");
        assertThat(ecosystem("alpine", "3.22.1")).contains("Alpine:v3.22");
        assertThat(ecosystem("rocky", "9.4")).contains("Rocky Linux:9");
        assertThat(ecosystem("opensuse-leap", "15.6")).contains("openSUSE:Leap 15.6");
        assertThat(ecosystem("debian", "")).contains("Debian");
        assertThat(ecosystem("mylinux", "1")).isEmpty();
    }

    private static Optional<String> ecosystem(String id, String version) {
        return FoundPackage.of(PackageType.DEB, "a", "1", "path")
                .ecosystem(Optional.of(new Distribution(id, version, id)));
    }
}
