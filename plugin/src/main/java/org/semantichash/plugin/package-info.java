// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The Elasticsearch plugin: {@code models} are loaded, from the cluster's {@code store}, {@code
 * ingest} hashes texts with them into fields of the type that {@code mapper} defines, and {@code
 * query} searches those by distance. Operators reach the store over HTTP: {@code rest} reads their
 * requests, {@code action} answers them.
 */
package org.semantichash.plugin;
