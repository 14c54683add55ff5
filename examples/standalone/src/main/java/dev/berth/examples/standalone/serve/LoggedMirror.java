package dev.berth.examples.standalone.serve;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.StaleAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a mirror does that somebody may have to look at: the beginning and the end of an outage, and broken downloads. */
final class LoggedMirror implements MirrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedMirror.class);

    private final String name;

    /** Whether the last answer was a stale one, which is said once. */
    private volatile boolean stale;

    LoggedMirror(String name) {
        this.name = name;
    }

    @Override
    public void checked(RepositoryName repository, Tag tag) {
        if (stale) {
            stale = false;
            LOG.info("The upstream registry of the mirror {} answers again", name);
        }
    }

    @Override
    public void stale(StaleAnswer answer) {
        // A tag that is gone is no outage.
        if (!stale && answer.reason() != StaleAnswer.Reason.GONE) {
            stale = true;
            LOG.warn("The mirror {} serves what it has: {}", name, answer.message());
        }
        LOG.debug("The mirror {} has served {} of {} unchecked", name, answer.reference(), answer.repository());
    }

    @Override
    public void resumed(RepositoryName repository, Digest digest, long offset, RegistryException failure) {
        LOG.info(
                "The download of {} for {} broke off and goes on at {}: {}",
                digest,
                repository,
                offset,
                failure.getMessage());
    }

    @Override
    public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
        LOG.warn("The download of {} for {} has failed: {}", digest, repository, failure.getMessage());
    }

    @Override
    public void evicted(RepositoryName repository, Digest image, long bytes) {
        LOG.debug("The mirror {} has evicted {} of {}, {} bytes", name, image, repository, bytes);
    }
}
