package dev.berth.registry.scan.format.elf;

import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.ScanStoppedException;
import dev.berth.registry.scan.found.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules that a program of Go was built from, as its linker writes them into it. */
final class GoBuildInfo {
    static final byte[] MAGIC = {(byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'};
    /** It begins at a multiple of this. */
    static final int ALIGNMENT = 16;

    static final int HEADER_BYTES = 32;
    static final int POINTER_BYTES = 14;
    static final int FLAGS = 15;
    static final int FLAG_INLINE = 2;
    static final int FLAG_BIG_ENDIAN = 1;
    static final int MOST_TEXT = 4 * 1024 * 1024;

    /** Linkers put 16 bytes before and behind the list, by which it is found in memory. */
    private static final int SENTINEL = 16;

    private static final Pattern RELEASE = Pattern.compile("go(\\d+(?:\\.\\d+){0,2})(?:(rc|beta)(\\d+))?(?:[ +-].*)?");
    private static final String UNVERSIONED = "(devel)";
    private static final int FIELDS = 3;

    private GoBuildInfo() {}

    /**
     * Adds the modules, and what comes with Go itself.
     *
     * @param go the version of Go
     * @param modules the list, a module in each line, with its sentinels
     */
    static void add(String go, String modules, String path, Findings findings) throws ScanStoppedException {
        Matcher release = RELEASE.matcher(go.strip());
        if (release.matches()) {
            findings.add(PackageType.GOLANG, "stdlib", semantic(release), path);
        }
        boolean framed =
                modules.length() >= 2 * SENTINEL + 1 && modules.charAt(modules.length() - SENTINEL - 1) == '\n';
        String list = framed ? modules.substring(SENTINEL, modules.length() - SENTINEL) : modules;
        List<String[]> used = new ArrayList<>();
        for (String line : list.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "mod", "dep" -> used.add(fields);
                case "=>" -> {
                    // It stands for the one before.
                    if (!used.isEmpty()) {
                        used.set(used.size() - 1, fields);
                    }
                }
                default -> {}
            }
        }
        for (String[] module : used) {
            if (module.length >= FIELDS && !module[2].isEmpty() && !module[2].equals(UNVERSIONED)) {
                findings.add(PackageType.GOLANG, module[1], module[2], path);
            }
        }
    }

    /** As the vulnerability database of Go has the versions of Go. */
    private static String semantic(Matcher release) {
        String numbers = release.group(1);
        long dots = numbers.chars().filter(c -> c == '.').count();
        String full = numbers + ".0".repeat((int) (2 - dots));
        return release.group(2) == null ? full : full + "-" + release.group(2) + "." + release.group(3);
    }
}
