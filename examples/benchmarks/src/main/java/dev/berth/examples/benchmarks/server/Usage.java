package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What processes use, as Linux tells it; not a number elsewhere.
 *
 * @param cpuSeconds processor time since they started
 * @param residentMiB memory that is resident now
 * @param peakMiB the most memory that was resident at a time
 */
public record Usage(double cpuSeconds, double residentMiB, double peakMiB) {
    /** Of processes that are not known. */
    public static final Usage UNKNOWN = new Usage(Double.NaN, Double.NaN, Double.NaN);

    /** Ticks in a second, in /proc: the same on every machine that Java runs on. */
    private static final double TICKS = 100;

    private static final double KIB_IN_MIB = 1024;

    /** Of a process and all that it started. */
    static Usage of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Usage::ofOne)
                .reduce(new Usage(0, 0, 0), Usage::plus);
    }

    private static Usage ofOne(ProcessHandle process) {
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        try {
            String stat = Files.readString(directory.resolve("stat"));
            // The name of the program, in parentheses, may contain spaces.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
            String status = Files.readString(directory.resolve("status"));
            return new Usage(ticks / TICKS, mib(status, "VmRSS:"), mib(status, "VmHWM:"));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private static double mib(String status, String key) {
        return status.lines()
                        .filter(line -> line.startsWith(key))
                        .mapToDouble(line -> Double.parseDouble(
                                line.substring(key.length()).replace("kB", "").strip()))
                        .findFirst()
                        .orElseThrow()
                / KIB_IN_MIB;
    }

    private Usage plus(Usage other) {
        return new Usage(cpuSeconds + other.cpuSeconds, residentMiB + other.residentMiB, peakMiB + other.peakMiB);
    }
}
