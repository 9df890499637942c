// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What can be asked about models: one transport action each, named so that roles can grant them by
 * {@code cluster:admin/semantic_hash/*} and {@code cluster:monitor/semantic_hash/*}.
 *
 * <p>A model that was replaced or deleted is dropped on all nodes before the request is answered. A
 * node that could not be reached finds out by itself: every node compares its loaded models with
 * the cluster's at an interval ({@code semantic_hash.model.check_interval}).
 */
package org.semantichash.plugin.action;
