package dev.berth.examples.standalone.serve;

import dev.berth.registry.control.AccessControl;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.scan.api.ScanApi;
import dev.berth.registry.server.RegistryHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What manages a server over HTTP, beside accounts and webhooks: for administrators, or for programs of its machine if nobody has an
 * account.
 *
 * @param maintenance the upkeep of the storage
 * @param mirrors how mirrors and replication are, if there are any
 * @param scans what is known of images, if they are scanned: for those who may pull them
 */
record ManagementApis(
        MaintenanceApi.Builder maintenance, Optional<MirrorApi.Builder> mirrors, Optional<ScanApi.Builder> scans) {

    /** Returns them for a server without accounts. */
    Map<String, RegistryHandler> forThisMachine() {
        Map<String, RegistryHandler> apis = new LinkedHashMap<>();
        apis.put(MaintenanceApi.PATH, maintenance.buildForThisMachine());
        mirrors.ifPresent(api -> apis.put(MirrorApi.PATH, api.buildForThisMachine()));
        scans.ifPresent(api -> apis.put(ScanApi.PATH, api.buildOpen()));
        return apis;
    }

    /** Adds those that administrators have. */
    void addTo(AccessControlBuilder control) {
        control.maintenance(maintenance);
        mirrors.ifPresent(control::mirrors);
    }

    /** Returns those that stand beside an access control. */
    Map<String, RegistryHandler> beside(AccessControl access) {
        return scans.<Map<String, RegistryHandler>>map(
                        api -> Map.of(ScanApi.PATH, api.build(access.authenticator(), access.policy())))
                .orElse(Map.of());
    }
}
