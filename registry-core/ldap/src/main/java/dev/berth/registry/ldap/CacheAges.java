package dev.berth.registry.ldap;

import java.time.Duration;

/**
 * How old what is known may be.
 *
 * @param fresh how long what the directory said of an account counts
 * @param password how long a password that was right is not sent to the directory again
 * @param outage how long what the directory said counts while it does not answer
 */
record CacheAges(Duration fresh, Duration password, Duration outage) {}
