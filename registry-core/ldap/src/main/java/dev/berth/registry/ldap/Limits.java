package dev.berth.registry.ldap;

import java.time.Duration;

/**
 * How long a directory is waited for, and by how many at the same time.
 *
 * @param connections how many are open at the same time, for searches and for passwords each
 * @param connect how long one server is waited for
 * @param response how long one answer is waited for
 * @param deadline how long everything takes at most that one request of a client causes
 */
record Limits(int connections, Duration connect, Duration response, Duration deadline) {}
