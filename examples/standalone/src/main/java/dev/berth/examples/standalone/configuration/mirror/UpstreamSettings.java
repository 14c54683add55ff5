package dev.berth.examples.standalone.configuration.mirror;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Another registry, and how to talk to it.
 *
 * @param path where it stands in the configuration, for messages
 * @param url its address: a host with or without a port, behind {@code https://} or {@code http://} or not
 * @param login what it is shown
 * @param authorities a file of certificate authorities that are trusted for it
 * @param realm the host of its token service, if that is elsewhere and trusted
 */
public record UpstreamSettings(
        String path, String url, UpstreamLogin login, Optional<Path> authorities, Optional<String> realm) {}
