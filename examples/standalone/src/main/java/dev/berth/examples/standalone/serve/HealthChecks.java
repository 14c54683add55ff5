package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.configuration.observability.HealthSettings;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.Pace;
import dev.berth.registry.metrics.CheckSchedule;
import dev.berth.registry.metrics.Health;
import dev.berth.registry.metrics.HealthCheck;
import dev.berth.registry.metrics.HttpCheck;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The checks of the section {@code health}, with the names that {@code registry:2} gives them. */
final class HealthChecks {
    private HealthChecks() {}

    /** Returns the checks. None is made yet. */
    static Health of(ObjectStore store, Settings settings) {
        HealthSettings wanted = settings.health();
        Health.Builder health = Health.builder();
        try {
            String storage = "storagedriver_" + ServedMetrics.driver(settings.storage());
            CheckSchedule often = schedule(wanted.storage().pace());
            if (wanted.storage().enabled()) {
                health.check(storage, HealthCheck.store(store), often);
            } else {
                health.readinessCheck(storage, HealthCheck.store(store), often);
            }
            if (wanted.minFree() > 0 && settings.storage() instanceof Storage.Directory directory) {
                health.readinessCheck("disk", HealthCheck.room(directory.path(), wanted.minFree()), often);
            }
            for (HealthSettings.FileCheck file : wanted.files()) {
                health.check(
                        file.file().toString(),
                        HealthCheck.file(file.file()),
                        CheckSchedule.defaults().every(file.interval()));
            }
            for (HealthSettings.HttpCheck url : wanted.urls()) {
                health.check(url.toString(), check(url), schedule(url.pace()).within(longest(url.timeout())));
            }
            for (HealthSettings.TcpCheck tcp : wanted.addresses()) {
                health.check(
                        tcp.toString(),
                        HealthCheck.tcp(tcp.host(), tcp.port(), tcp.timeout()),
                        schedule(tcp.pace()).within(longest(tcp.timeout())));
            }
            return health.build();
        } catch (IllegalArgumentException e) {
            throw new CommandException("The settings of health are wrong: " + e.getMessage() + ".");
        }
    }

    private static HealthCheck check(HealthSettings.HttpCheck url) {
        HttpCheck check = HttpCheck.of(url.url()).within(url.timeout());
        if (url.status().isPresent()) {
            check = check.expecting(url.status().getAsInt());
        }
        for (Map.Entry<String, List<String>> header : url.headers().entrySet()) {
            for (String value : header.getValue()) {
                check = check.withHeader(header.getKey(), value);
            }
        }
        return check;
    }

    private static CheckSchedule schedule(Pace pace) {
        return CheckSchedule.defaults().every(pace.interval()).failingAfter(pace.threshold());
    }

    /** Returns how long a check may take: a connection and an answer, each of which may take the time, and a little more. */
    private static Duration longest(Duration timeout) {
        return timeout.multipliedBy(2).plusSeconds(1);
    }
}
