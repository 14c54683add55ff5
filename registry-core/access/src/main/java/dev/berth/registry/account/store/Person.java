package dev.berth.registry.account.store;

import java.time.Instant;

/**
 * Somebody who logs in with a password that the store keeps hashed.
 *
 * @param name the name
 * @param created when the account was added
 * @param disabled whether the person cannot log in for now, nor the robots and personal tokens of the person
 * @since 0.1
 */
public record Person(String name, Instant created, boolean disabled) {}
