// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/** Elasticsearch's low-level REST client, JSON in and JSON out. */
package org.semantichash.it.http;
