package dev.berth.examples.standalone.serve;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.mirror.replication.ReplicationDifference;
import dev.berth.registry.mirror.replication.ReplicationFailure;
import dev.berth.registry.mirror.replication.ReplicationListener;
import dev.berth.registry.mirror.replication.ReplicationStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a replication cannot do. What it does is told in detail only. */
final class LoggedReplication implements ReplicationListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedReplication.class);

    @Override
    public void carried(String rule, RepositoryName repository, Tag tag, Digest digest, long bytes) {
        LOG.debug("Replication {} has set {}:{} to {}", rule, repository, tag, digest);
    }

    @Override
    public void deleted(String rule, RepositoryName repository, Tag tag) {
        LOG.debug("Replication {} has deleted {}:{}", rule, repository, tag);
    }

    @Override
    public void failed(String rule, ReplicationFailure failure) {
        String what = failure.repository()
                + failure.what().map(reference -> " " + reference).orElse("");
        if (failure.attempts() == 1) {
            LOG.warn("Replication {} could not carry over {}; it tries again: {}", rule, what, failure.reason());
        } else {
            LOG.debug("Replication {} could not carry over {} again: {}", rule, what, failure.reason());
        }
    }

    @Override
    public void differs(String rule, ReplicationDifference difference) {
        if (difference.kind() == ReplicationDifference.Kind.CONFLICT) {
            LOG.warn(
                    "Replication {} leaves {}:{} as it is, since it was changed at both sides",
                    rule,
                    difference.repository(),
                    difference.tag());
        }
    }

    @Override
    public void compared(String rule, ReplicationStatus.Comparison comparison) {
        LOG.debug("Replication {} has compared {} tags", rule, comparison.tags());
    }
}
