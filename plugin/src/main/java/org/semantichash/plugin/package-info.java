/**
 * The Elasticsearch plugin: {@code models} are loaded, {@code ingest} hashes texts with them into
 * fields of the type that {@code mapper} defines, and {@code query} searches those by distance.
 */
package org.semantichash.plugin;
