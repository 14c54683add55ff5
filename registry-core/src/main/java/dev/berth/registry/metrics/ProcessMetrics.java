package dev.berth.registry.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Shows the process and its JVM, by the names that Prometheus' own libraries have: {@code process_…} and {@code jvm_…}.
 * What the system does not tell is left out.
 *
 * @since 0.1
 */
public final class ProcessMetrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Metrics metrics;

    private ProcessMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Adds them to these metrics. */
    public static void addTo(Metrics metrics) {
        ProcessMetrics added = new ProcessMetrics(metrics);
        added.process();
        added.memoryOfProcess(new ProcFiles(Path.of("/proc/self")));
        added.memory();
        added.threads();
        added.collectors();
        added.runtime();
    }

    private void process() {
        double start = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS;
        metrics.gauge(
                "process_start_time_seconds",
                "When the process started, in seconds since 1970.",
                Map.of(),
                () -> start);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            metrics.counter(
                    "process_cpu_seconds_total",
                    "Time of processors that the process has used.",
                    Map.of(),
                    () -> system.getProcessCpuTime() / NANOS);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            metrics.gauge(
                    "process_open_fds",
                    "File descriptors that the process has open.",
                    Map.of(),
                    unix::getOpenFileDescriptorCount);
            metrics.gauge(
                    "process_max_fds",
                    "File descriptors that the process may have open.",
                    Map.of(),
                    unix::getMaxFileDescriptorCount);
        }
    }

    private void memoryOfProcess(ProcFiles files) {
        if (!files.available()) {
            return;
        }
        metrics.gauge(
                "process_resident_memory_bytes",
                "Memory of the machine that the process has.",
                Map.of(),
                files::residentBytes);
        metrics.gauge("process_virtual_memory_bytes", "Addresses that the process has.", Map.of(), files::virtualBytes);
    }

    private void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory("heap", memory::getHeapMemoryUsage);
        memory("nonheap", memory::getNonHeapMemoryUsage);
    }

    private void memory(String area, Supplier<MemoryUsage> usage) {
        Map<String, String> labels = Map.of("area", area);
        memory("jvm_memory_used_bytes", "Memory that the JVM uses.", labels, usage, MemoryUsage::getUsed);
        memory("jvm_memory_committed_bytes", "Memory that the JVM has.", labels, usage, MemoryUsage::getCommitted);
        memory(
                "jvm_memory_max_bytes",
                "Memory that the JVM may have; -1 where there is no limit.",
                labels,
                usage,
                MemoryUsage::getMax);
    }

    private void memory(
            String name,
            String help,
            Map<String, String> labels,
            Supplier<MemoryUsage> usage,
            ToLongFunction<MemoryUsage> bytes) {
        metrics.gauge(name, help, labels, () -> bytes.applyAsLong(usage.get()));
    }

    private void threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        metrics.gauge("jvm_threads_current", "Platform threads.", Map.of(), threads::getThreadCount);
        metrics.gauge(
                "jvm_threads_daemon", "Platform threads that are daemons.", Map.of(), threads::getDaemonThreadCount);
        metrics.gauge("jvm_threads_peak", "The most platform threads so far.", Map.of(), threads::getPeakThreadCount);
    }

    private void collectors() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            metrics.summary(
                    "jvm_gc_collection_seconds",
                    "Collections of garbage of the JVM, and the time that they took.",
                    Map.of("gc", collector.getName()),
                    collector::getCollectionCount,
                    () -> collector.getCollectionTime() / MILLIS);
        }
    }

    private void runtime() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("runtime", System.getProperty("java.runtime.name", ""));
        labels.put("vendor", System.getProperty("java.vm.vendor", ""));
        labels.put("version", System.getProperty("java.runtime.version", ""));
        metrics.gauge("jvm_runtime_info", "The JVM that runs the process.", labels, () -> 1);
    }
}
