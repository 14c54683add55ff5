package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.ConsoleSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditLog;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.audit.store.AuditStoreOptions;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;

/** The audit of a server: a line in the log for each login, refusal, change of rights and deletion. */
final class ServedAudit {
    private ServedAudit() {}

    /** Returns what is told, unless the settings disable it. */
    static AuditListener of(Settings settings) {
        boolean wanted = settings.log().audit()
                && settings.access().map(AccessSettings::audit).orElse(true);
        if (!wanted) {
            return AuditListener.none();
        }
        AuditLog log = AuditLog.toLogger();
        return settings.log().format() == Format.JSON ? log.asJson() : log;
    }

    /** Returns what keeps the audit in the storage, unless there is none, or the storage is read-only. */
    static Optional<AuditStore> kept(Settings settings, AuditListener told, ObjectStore store) {
        return AuditListener.isNone(told)
                        || settings.readOnly()
                        || !settings.console().enabled()
                ? Optional.empty()
                : Optional.of(AuditStore.over(store, options(settings.console().audit())));
    }

    private static AuditStoreOptions options(ConsoleSettings.Audit audit) {
        return AuditStoreOptions.builder()
                .keep(audit.keep())
                .mostBytes(audit.mostBytes())
                .build();
    }
}
