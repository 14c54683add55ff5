package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.quota.Quotas;
import java.util.Optional;

/**
 * The layers of a registry.
 *
 * @param locked up to the rules for tags, without mirrors: what is replicated
 * @param mirrored up to the mirrors: what retention deletes through, so that they know what is gone
 * @param admitted up to the numbers of pulls: for the code of this process
 * @param forClients with what clients may not do
 * @param quotas the quotas among them
 * @param pulls counts pulls, if that is wanted
 */
record HostedLayers(
        Registry locked,
        Registry mirrored,
        Registry admitted,
        Registry forClients,
        Optional<Quotas> quotas,
        PullStatistics pulls) {}
