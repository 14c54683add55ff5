package dev.berth.examples.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the libraries of the machine that programs need, with the loader, by {@code ldd}. */
final class SharedLibraries {
    /** {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)}, or the loader: {@code /lib64/ld-linux-x86-64.so.2 (0x…)}. */
    private static final Pattern FOUND = Pattern.compile("(?m)^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

    private static final Pattern MISSING = Pattern.compile("(?m)^\\s*(\\S+) => not found$");

    /** What a C library loads itself when names are looked up, if it is of a kind that has these. */
    private static final List<String> LOOKUP = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private SharedLibraries() {}

    /**
     * Returns the files by the names under which the loader looks for them, in their order.
     *
     * @param directory programs and libraries, which may need each other
     * @throws IOException with a sentence, if a library is missing
     */
    static Map<String, Path> of(Path directory) throws IOException {
        Map<String, Path> libraries = new TreeMap<>();
        for (Path file : programs(directory)) {
            String needed = Command.output("ldd", file.toString())
                    .orElseThrow(() -> new IOException("ldd does not know what " + file + " needs"));
            Matcher found = FOUND.matcher(needed);
            while (found.find()) {
                Path library = Path.of(found.group(1)).normalize();
                if (!library.startsWith(directory)) {
                    libraries.put(library.toString(), library.toRealPath());
                }
            }
            requireAll(needed, file, directory);
        }
        addLookup(libraries);
        return libraries;
    }

    private static List<Path> programs(Path directory) throws IOException {
        try (Stream<Path> everything = Files.walk(directory)) {
            return everything
                    .filter(Files::isRegularFile)
                    .filter(SharedLibraries::isElf)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isElf(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return Arrays.equals(content.readNBytes(ELF.length), ELF);
        } catch (IOException e) {
            return false;
        }
    }

    /** What is not found must be in the directory itself: a program that is running has loaded it. */
    private static void requireAll(String needed, Path file, Path directory) throws IOException {
        Matcher missing = MISSING.matcher(needed);
        while (missing.find()) {
            String name = missing.group(1);
            try (Stream<Path> everything = Files.walk(directory)) {
                if (everything.noneMatch(path -> path.getFileName().toString().equals(name))) {
                    throw new IOException("This machine has no " + name + ", which " + file + " needs");
                }
            }
        }
    }

    private static void addLookup(Map<String, Path> libraries) throws IOException {
        for (String library : List.copyOf(libraries.keySet())) {
            Path folder = Path.of(library).getParent();
            if (library.contains("/libc.so.") && folder != null) {
                for (String name : LOOKUP) {
                    Path file = folder.resolve(name);
                    if (Files.isRegularFile(file)) {
                        libraries.put(file.toString(), file.toRealPath());
                    }
                }
            }
        }
    }
}
