// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The search on a real node over HTTP. In come generated codes, indexed once per {@code PeerIndex};
 * out go rows that compare the plugin's query with Elasticsearch's own search of bit vectors, for
 * one client, for many, and for searches that are cancelled. Start with {@code LatencyPhase};
 * {@code Peer} lists what is compared.
 */
package org.semantichash.benchmarks.search.http;
