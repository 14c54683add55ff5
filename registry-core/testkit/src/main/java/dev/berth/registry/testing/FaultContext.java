package dev.berth.registry.testing;

import java.util.Optional;

/**
 * What effects need of the registry.
 *
 * @param waiting how to wait
 * @param tokens the tokens it has handed out, if it does
 */
record FaultContext(Waiting waiting, Optional<Tokens> tokens) {}
