// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The REST API of the models: requests below {@code /_semantic_hash} come in, JSON goes out. Each
 * action stands in one file with its parameters, its route and its response; {@link
 * org.semantichash.plugin.api.ModelActions} lists them, {@link
 * org.semantichash.plugin.api.PutModel} is a good one to begin with. Roles grant them by {@code
 * cluster:admin/semantic_hash/*} and {@code cluster:monitor/semantic_hash/*}.
 *
 * <p>A model that was replaced or deleted is dropped on all nodes before the request is answered,
 * see {@link org.semantichash.plugin.api.ModelChanges}.
 */
package org.semantichash.plugin.api;
