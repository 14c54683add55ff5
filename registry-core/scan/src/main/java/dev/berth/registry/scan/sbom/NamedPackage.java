package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.internal.purl.Purl;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a document says of one package, and the package that is meant. For one thread. */
final class NamedPackage {
    private static final int LONGEST = 1024;
    private static final Pattern DISTRO = Pattern.compile("(?:(.+?)-)?([0-9][^-]*)");
    private static final String SOURCE_RPM = "src.rpm";

    /** What programs write into properties, by the name that it has here. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry(SbomProperties.PATH, SbomProperties.PATH),
            Map.entry(SbomProperties.LAYER, SbomProperties.LAYER),
            Map.entry(SbomProperties.SOURCE, SbomProperties.SOURCE),
            Map.entry(SbomProperties.SOURCE_VERSION, SbomProperties.SOURCE_VERSION),
            Map.entry(SbomProperties.ARCHITECTURE, SbomProperties.ARCHITECTURE),
            Map.entry("syft:location:0:path", SbomProperties.PATH),
            Map.entry("syft:metadata:source", SbomProperties.SOURCE),
            Map.entry("syft:metadata:originPackage", SbomProperties.SOURCE),
            Map.entry("syft:metadata:sourceVersion", SbomProperties.SOURCE_VERSION),
            Map.entry("aquasecurity:trivy:FilePath", SbomProperties.PATH),
            Map.entry("aquasecurity:trivy:LayerDigest", SbomProperties.LAYER),
            Map.entry("aquasecurity:trivy:SrcName", SbomProperties.SOURCE),
            Map.entry("aquasecurity:trivy:SrcVersion", SbomProperties.SOURCE_VERSION),
            Map.entry("aquasecurity:trivy:SrcRelease", "release"),
            Map.entry("aquasecurity:trivy:SrcEpoch", "epoch"));

    private final Map<String, String> properties = new HashMap<>();
    Optional<String> purl = Optional.empty();
    Optional<String> group = Optional.empty();
    Optional<String> name = Optional.empty();
    Optional<String> version = Optional.empty();

    void property(String key, String value) {
        String known = PROPERTIES.get(key);
        if (known != null && isText(value)) {
            properties.putIfAbsent(known, value);
        }
    }

    /** Returns the layer, if the document says a digest. */
    Optional<Digest> layer() {
        try {
            return property(SbomProperties.LAYER).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the distribution that the package is of, if its package URL says so. */
    static Optional<Distribution> distribution(Purl purl) {
        if (type(purl).filter(PackageType::isSystem).isEmpty()) {
            return Optional.empty();
        }
        return purl.qualifier("distro")
                .filter(text -> text.length() <= 100)
                .map(DISTRO::matcher)
                .filter(Matcher::matches)
                .flatMap(distro -> {
                    String id = distro.group(1) == null ? purl.namespace() : distro.group(1);
                    String release = distro.group(2);
                    return id.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Distribution(id.toLowerCase(Locale.ROOT), release, id + " " + release));
                });
    }

    /** Returns the kind of a package; empty for those that this project does not look for. */
    static Optional<PackageType> type(Purl purl) {
        for (PackageType type : PackageType.values()) {
            if (type.id().equals(purl.type())) {
                return Optional.of(type);
            }
        }
        return purl.type().equals("alpine") ? Optional.of(PackageType.APK) : Optional.empty();
    }

    /** Returns the package; empty if it has no name and version that make sense. */
    Optional<FoundPackage> found(PackageType type, Purl url) {
        Optional<String> plain = url.version().or(() -> version).filter(NamedPackage::isText);
        String fullName = fullName(type, url);
        if (plain.isEmpty() || !isText(fullName)) {
            return Optional.empty();
        }
        String epoch = epoch(type, url);
        String fullVersion = plain.get().indexOf(':') >= 0 ? plain.get() : epoch + plain.get();
        String epochOfSource = type == PackageType.RPM ? epoch : "";
        Optional<String> source = property(SbomProperties.SOURCE).or(() -> upstream(url, false));
        Optional<String> sourceVersion =
                sourceVersion().or(() -> upstream(url, true).map(other -> epochOfSource + other));
        return Optional.of(new FoundPackage(
                type,
                fullName,
                fullVersion,
                type.isSystem() ? source.filter(s -> !s.equals(fullName)) : Optional.empty(),
                type.isSystem() ? sourceVersion.filter(v -> !v.equals(fullVersion)) : Optional.empty(),
                type.isSystem()
                        ? url.qualifier("arch").filter(NamedPackage::isText)
                        : property(SbomProperties.ARCHITECTURE),
                property(SbomProperties.PATH).map(NamedPackage::withoutRoot).orElse("")));
    }

    /** Returns the epoch and a colon, where the package URL has it beside the version. */
    private static String epoch(PackageType type, Purl url) {
        return type == PackageType.RPM || type == PackageType.DEB
                ? url.qualifier("epoch")
                        .filter(text -> text.matches("[0-9]{1,9}") && !text.equals("0"))
                        .map(text -> text + ":")
                        .orElse("")
                : "";
    }

    /** The package URL decides; what stands beside it may be the same with the case that matters to people. */
    private String fullName(PackageType type, Purl url) {
        String separator = type == PackageType.MAVEN ? ":" : "/";
        boolean withNamespace = type == PackageType.MAVEN || type == PackageType.NPM || type == PackageType.GOLANG;
        String byUrl =
                withNamespace && !url.namespace().isEmpty() ? url.namespace() + separator + url.name() : url.name();
        String beside = group.filter(g -> withNamespace && !g.isEmpty())
                        .map(g -> g + separator)
                        .orElse("")
                + name.orElse("");
        return type == PackageType.GOLANG && beside.equalsIgnoreCase(byUrl) ? beside : byUrl;
    }

    private Optional<String> sourceVersion() {
        return property(SbomProperties.SOURCE_VERSION).map(base -> {
            String epoch = properties.getOrDefault("epoch", "");
            String release = properties.getOrDefault("release", "");
            return (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
                    + base
                    + (release.isEmpty() ? "" : "-" + release);
        });
    }

    /** Returns what package URLs of other programs say of the source: {@code glibc@2.39}, {@code bash-5.2-3.el9.src.rpm}. */
    private static Optional<String> upstream(Purl url, boolean wantsVersion) {
        return url.qualifier("upstream")
                .filter(text -> text.length() <= LONGEST)
                .flatMap(text -> {
                    int split = text.indexOf('@');
                    int end = text.length();
                    if (text.endsWith(SOURCE_RPM)) {
                        end = text.lastIndexOf('.', text.length() - SOURCE_RPM.length());
                        int release = text.lastIndexOf('-', end - 1);
                        split = release <= 0 ? -1 : text.lastIndexOf('-', release - 1);
                    }
                    if (wantsVersion) {
                        return split < 0 || split + 1 > end
                                ? Optional.empty()
                                : Optional.of(text.substring(split + 1, end));
                    }
                    return Optional.of(split < 0 ? text : text.substring(0, split));
                })
                .filter(NamedPackage::isText);
    }

    private Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    private static String withoutRoot(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || Character.isSurrogate((char) c));
    }
}
