// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Runs a published experiment again on the reader's own copy of its data set. In come an experiment
 * file (YAML) and documents; out go one row per run, and a page and pictures that are made from the
 * rows alone. Start with {@code ReproduceCommand}: {@code Plan} lists the runs that are still
 * missing, {@code Reproduction} executes and records them, {@code Report} writes the page.
 */
package org.semantichash.benchmarks.reproduce;
