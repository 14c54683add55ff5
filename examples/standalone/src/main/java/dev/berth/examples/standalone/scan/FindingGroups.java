package dev.berth.examples.standalone.scan;

import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Findings by package. Packages of one version against which the same is known, as those of one source package, are together.
 */
final class FindingGroups {
    private FindingGroups() {}

    /**
     * What is known against packages.
     *
     * @param names the names of the packages
     * @param version their version
     * @param place the file that has the package; empty for packages of the system, which are in no file of their own
     * @param findings what is known, the same against each
     */
    record Group(List<String> names, String version, Optional<String> place, List<Finding> findings) {}

    private record Place(String name, String version, Optional<String> file) {}

    /** What is said of a finding, whatever package has it. */
    private record Said(String id, Enum<?> severity, Optional<String> fixed, String summary) {}

    private record Same(String version, List<Said> said, Optional<String> file) {}

    /**
     * Divides findings.
     *
     * @param findings the worst first; so are the groups
     */
    static List<Group> of(List<Finding> findings) {
        Map<Place, List<Finding>> packages = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Place place = new Place(finding.packageName(), finding.version(), file(finding));
            packages.computeIfAbsent(place, key -> new ArrayList<>()).add(finding);
        }
        Map<Same, Group> groups = new LinkedHashMap<>();
        packages.forEach((place, known) -> {
            List<Said> said = known.stream()
                    .map(finding ->
                            new Said(finding.id(), finding.severity(), finding.fixedVersion(), finding.summary()))
                    .toList();
            groups.computeIfAbsent(
                            new Same(place.version, said, place.file),
                            same -> new Group(new ArrayList<>(), place.version, place.file, known))
                    .names
                    .add(place.name);
        });
        return List.copyOf(groups.values());
    }

    private static Optional<String> file(Finding finding) {
        boolean system = finding.packageUrl().filter(FindingGroups::isOfSystem).isPresent();
        return finding.path().filter(path -> !system);
    }

    private static boolean isOfSystem(String packageUrl) {
        for (PackageType type : PackageType.values()) {
            if (type.isSystem() && packageUrl.startsWith("pkg:" + type.id() + "/")) {
                return true;
            }
        }
        return false;
    }
}
