/**
 * What is known against images: findings, the reports of scans, and what is known of an image at a time.
 *
 * <p>The words are shared by everything that makes, keeps, prints or judges findings, whoever found them.
 */
@NullMarked
package dev.berth.registry.scan.report;

import org.jspecify.annotations.NullMarked;
